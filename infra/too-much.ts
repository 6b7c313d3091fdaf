import type { Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Stage } from './stage.ts';

/** Bytes of a function's whole environment (Lambda quotas, read in November 2026). */
const ENVIRONMENT = 4096;
/** Characters of all inline policies of a role, white space not counted (IAM and STS quotas, read in November 2026). */
const POLICY = 10_240;

/** The longest that CloudFormation puts there, for what is known only then; anything else is a resource's ARN, URL or name. */
const PSEUDO: Readonly<Record<string, number>> = {
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-southeast-1'.length,
  'AWS::AccountId': 12,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
};
const AROUND_A_NAME =
  'arn:aws-us-gov:secretsmanager:us-gov-east-1:123456789012:secret:'.length + '-1234567890123-123456'.length;

/**
 * The sentence that stops a stage with more to tell a function than AWS lets it be told; undefined when all fits. Lists in
 * settings grow, and a deploy would end half-way.
 */
export function tooMuch(stack: Stack, stage: Stage): string | undefined {
  const all = stack.node.findAll();
  const named = (id: string) => stack.stackName.length + 1 + id.length + AROUND_A_NAME;
  for (const fn of all.filter((each) => each instanceof CfnFunction)) {
    const { variables = {} } = stack.resolve(fn.environment) ?? {};
    const over = measure(variables, named) - ENVIRONMENT;
    if (over > 0) return sentence(stage, `${over} bytes more than Lambda takes in a function's environment`);
  }
  const byRole = new Map<string, number>();
  for (const policy of all.filter((each) => each instanceof CfnPolicy)) {
    const role = JSON.stringify(stack.resolve(policy.roles));
    byRole.set(role, (byRole.get(role) ?? 0) + measure(stack.resolve(policy.policyDocument), named));
  }
  const over = Math.max(0, ...byRole.values()) - POLICY;
  return over > 0 ? sentence(stage, `${over} characters more than IAM takes in a role's policies`) : undefined;
}

/** Which setting to shorten: the one that takes up most. */
function sentence({ name, mail, site }: Stage, much: string): string {
  const { organiser, privacyUrl, corsOrigins } = site;
  const grown = Object.entries({
    'mail.allowList': mail.allowList,
    'site.corsOrigins': corsOrigins,
    'site.name': site.name,
    'site.organiser': organiser,
    'site.privacyUrl': privacyUrl ?? '',
  }).map(([path, value]) => ({ path, size: JSON.stringify(value).length }));
  const [most] = grown.sort((a, b) => b.size - a.size);
  const instead = most?.path === 'mail.allowList' ? ' (a domain, as @your.domain, lets in everybody there)' : '';
  return `Stage ${name}: the settings are ${much}; shorten ${most?.path}${instead} in infra/stages.ts.`;
}

/**
 * Bytes of this as JSON, once CloudFormation has put in what it knows. Lambda measures an environment so, the quotes of JSON
 * within JSON escaped: its refusal shows the "String measured".
 */
function measure(value: unknown, named: (id: string) => number): number {
  if (typeof value !== 'object' || value === null) return Buffer.byteLength(JSON.stringify(value) ?? '');
  if (Array.isArray(value))
    return value.reduce((sum, each) => sum + measure(each, named) + 1, 1 + Number(value.length === 0));
  const [[key = '', inner] = [], ...more] = Object.entries(value);
  if (more.length === 0 && typeof inner === 'string' && key === 'Ref') return 2 + (PSEUDO[inner] ?? named(inner));
  if (more.length === 0 && Array.isArray(inner)) {
    if (key === 'Fn::GetAtt') return 2 + named(String(inner[0]));
    if (key === 'Fn::Join') {
      const [glue, parts] = inner as [string, unknown[]];
      return parts.reduce<number>((sum, part) => sum + measure(part, named) - 2, 2 + glue.length * (parts.length - 1));
    }
    if (key.startsWith('Fn::')) return measure(inner, named);
  }
  return Object.entries(value).reduce(
    (sum, [name, each]) => sum + measure(name, named) + 1 + measure(each, named) + 1,
    1 + Number(more.length === 0 && key === ''),
  );
}
