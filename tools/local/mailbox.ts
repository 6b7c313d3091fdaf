import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import sesLocal from 'aws-ses-v2-local';
import store, { type Email } from 'aws-ses-v2-local/dist/store.js';

export interface Mailbox {
  readonly url: string;
  /** Keeps its mails for the next start, then closes. */
  stop(): Promise<void>;
}

/** The mailbox with its web viewer, in this very process; it finds the mails of the last start again. */
export const startMailbox = async (port: number, file: string): Promise<Mailbox> => {
  for (const mail of await savedMails(file)) store.saveEmail(mail);
  const server = await sesLocal.default({ host: '127.0.0.1', port });
  return {
    url: `http://localhost:${port}`,
    async stop() {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify(store.getStoreReadonly().emails));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      store.clearStore();
    },
  };
};

const savedMails = async (file: string): Promise<Email[]> => {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  return JSON.parse(text);
};
