import * as z from 'zod';
import { once, type Patient } from '../patient.ts';
import { readFunction } from './functions.ts';

/** What `send` was told of mail when it was deployed; whoever else is on its allow-list is nobody's business here. */
const MailSettings = z.object({
  mode: z.enum(['simulator', 'allow-list', 'live']),
  sender: z.string(),
  configurationSets: z.record(z.string(), z.string()),
});

/** How the deployed `send` sends: its mode, its sender, its configuration sets, and a rate where the stage gives one. */
export const readMailSettings = once(async (patient: Patient) => {
  const { env } = await readFunction(patient, 'Send');
  const settings = MailSettings.parse(JSON.parse(env['MAIL'] ?? '{}'));
  const address = /([^<>\s]+@[^<>\s]+)>?$/.exec(settings.sender)?.[1] ?? '';
  return { ...settings, address, domain: address.slice(address.lastIndexOf('@') + 1) };
});
