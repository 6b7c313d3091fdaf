import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const STORE = `import { registrationStore } from '#shared/store/registrations.ts';`;
const STORE_TYPE = `import type { RegistrationStore } from '#shared/store/registrations.ts';`;
const DOMAIN = `import { Refusal } from '#shared/domain/errors.ts';`;
const FACT = `import { SOURCE } from '#events/envelope.ts';`;
const FUNCTION = `import { handler } from '#functions/admit/handler.ts';`;
const INFRA = `import { routes } from '#infra/routes.ts';`;
const NAMES = `import { KEYS } from '#shared/store/names.ts';`;
const QUEUE_NAMES = `import { DEAD_LETTERS } from '#shared/queue/names.ts';`;
const SENDER = `import { queueSender } from '#shared/queue/sender.ts';`;
const TEST = `import { builder } from '#test/support/builder.ts';`;
const TOOL = `import { seed } from '#tools/seed.ts';`;
const CDK = `import { Stack } from 'aws-cdk-lib';`;
const SES = `import { SESv2Client } from '@aws-sdk/client-sesv2';`;
const SQS = `import { SQSClient } from '@aws-sdk/client-sqs';`;
const SCHEDULER = `import { SchedulerClient } from '@aws-sdk/client-scheduler';`;
const DYNAMODB = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';`;
const ZOD = `import * as z from 'zod';`;
const NAMED_ZOD = `import { z } from 'zod';`;
const CSV = `import { parse } from 'csv-parse/sync';`;
const S3 = `import { S3Client } from '@aws-sdk/client-s3';`;
const MARKED = `import { Lexer } from 'marked';`;
const RENDERING = `import { renderTexts } from '#shared/markdown/render-texts.ts';`;
const PDFKIT = `import PDFDocument from 'pdfkit';`;
const FONT_FILES = `import { FONT_FILES } from '#shared/pdf/font-files.ts';`;
const FACES = `import { faces } from '#shared/pdf/faces.ts';`;
const FILES = `import 'node:fs';`;
const NEIGHBOUR = `import { deliver } from '../send/deliver.ts';`;
const LATE = `export const late = () => import('#shared/store/names.ts');`;

/** Who may import what, and what they may not. */
const FOLDERS: [folder: string, allowed: string[], forbidden: string[]][] = [
  ['events', [ZOD, `import { SOURCE } from './envelope.ts';`], [DOMAIN, STORE, CDK, FILES]],
  ['shared/domain', [ZOD, `import { Refusal } from './errors.ts';`], [STORE_TYPE, FACT, SQS, CSV, CDK, FILES, LATE]],
  ['shared/store', [ZOD, DOMAIN, FACT, DYNAMODB], [SQS, SES, FUNCTION, CDK]],
  ['shared/markdown', [ZOD, DOMAIN, MARKED], [STORE, SES, DYNAMODB, FUNCTION]],
  ['shared/attendance', [ZOD, DOMAIN, CSV], [STORE, S3, DYNAMODB, FUNCTION, FILES]],
  ['shared/files', [DOMAIN, S3], [STORE, SQS, DYNAMODB, CSV, FUNCTION]],
  ['shared/pages', [ZOD, DOMAIN], [MARKED, RENDERING, STORE, SES]],
  ['shared/pdf', [ZOD, DOMAIN, PDFKIT], [STORE, SES, DYNAMODB, FUNCTION, FILES]],
  ['shared/mail', [ZOD, DOMAIN, FACT, STORE_TYPE, SES], [STORE, SQS, DYNAMODB, FUNCTION]],
  ['shared/queue', [ZOD, DOMAIN, FACT, STORE_TYPE, SQS], [STORE, SES, SCHEDULER, DYNAMODB, FUNCTION]],
  ['shared/schedule', [ZOD, DOMAIN, FACT, STORE_TYPE, SCHEDULER], [STORE, SQS, SES, DYNAMODB, FUNCTION]],
  ['functions/admit', [ZOD, DOMAIN, FACT, STORE, SQS], [FUNCTION, NEIGHBOUR, INFRA, CDK, TEST, TOOL]],
  ['functions/guest-site', [DOMAIN], [RENDERING]],
  ['functions/organiser-api', [RENDERING], [NEIGHBOUR]],
  [
    'infra',
    [ZOD, FACT, NAMES, QUEUE_NAMES, FONT_FILES, INFRA, CDK],
    [STORE, DOMAIN, SENDER, FACES, FUNCTION, SQS, TEST, TOOL],
  ],
  ['tools', [ZOD, STORE, DOMAIN, TOOL, SQS], [TEST, NAMED_ZOD]],
  ['test/unit', [ZOD, STORE, FUNCTION, INFRA, TOOL, TEST, CDK], [NAMED_ZOD]],
];

const root = mkdtempSync(join(tmpdir(), 'rollcall-imports-'));
let found = '';

/** Plants both kinds in every folder of an empty copy of the house, and has the linter look at it once. */
beforeAll(async () => {
  for (const file of ['biome.json', '.biome', '.gitignore']) cpSync(file, join(root, file), { recursive: true });
  for (const [folder, allowed, forbidden] of FOLDERS) {
    plant(`${folder}/allowed.ts`, allowed);
    plant(`${folder}/forbidden.ts`, forbidden);
  }
  const biome = resolve('node_modules/.bin/biome');
  const args = ['lint', '--colors=off', '--max-diagnostics=none', '.'];
  const { stdout, stderr } = await promisify(execFile)(biome, args, { cwd: root }).catch((error) => error);
  found = stdout + stderr;
});
afterAll(() => rmSync(root, { recursive: true }));

function plant(path: string, imports: string[]): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), imports.map((line) => `${line}\n`).join(''));
}

/** Lines of a file that the linter refuses. */
const refusedIn = (path: string) =>
  [...found.matchAll(/^(\S+):(\d+):\d+ plugin /gm)]
    .filter(([, file]) => file === path)
    .map(([, , line]) => Number(line))
    .sort();

test.each(FOLDERS)('%s imports what it may', (folder) => {
  expect(refusedIn(`${folder}/allowed.ts`)).toEqual([]);
});

test.each(FOLDERS)('%s imports nothing else', (folder, _, forbidden) => {
  expect(refusedIn(`${folder}/forbidden.ts`)).toEqual(forbidden.map((_line, index) => index + 1));
});
