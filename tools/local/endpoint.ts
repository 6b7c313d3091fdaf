import { dirname } from 'node:path';

/** Where the emulator listens and who may ask it anything: what an AWS client needs to know, and no more. */
export interface Endpoint {
  readonly port: number;
  readonly url: string;
  readonly region: string;
  readonly accountId: string;
  /** The administrator's credentials, as an AWS client reads them from its environment. */
  readonly env: Readonly<Record<string, string>>;
}

export const endpointAt = (port: number): Endpoint => {
  const url = `http://127.0.0.1:${port}`;
  const region = 'eu-west-2';
  return {
    port,
    url,
    region,
    accountId: '000000000000',
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      // The person's own profile, however it is set up, has no say here.
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  };
};

/** The client configuration that goes with it. */
export const clientConfig = ({ url, region }: Endpoint) => ({
  endpoint: url,
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** The few variables a program needs to run at all: our Node comes first on its PATH, and nobody's settings are found. */
export const bareEnv = (home: string): Record<string, string> => {
  const { PATH = '' } = process.env;
  return { PATH: `${dirname(process.execPath)}:${PATH}`, HOME: home, LANG: 'C.UTF-8', TZ: 'UTC' };
};
