import { readFileSync } from 'node:fs';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readStage, type StageContext } from '#infra/read-stage.ts';
import { RollcallStack } from '#infra/rollcall-stack.ts';

/** A resource as CloudFormation gets it: anything may be an intrinsic function, so anything may be anything. */
// biome-ignore lint/suspicious/noExplicitAny: a template has no types
export type Resource = { readonly Type: string; readonly Properties: any; readonly [attribute: string]: any };
export type Resources = Readonly<Record<string, Resource>>;

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };

/** An app as cdk.json configures it, without bundling the functions. */
export const newApp = (outdir?: string) =>
  new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, ...(outdir && { outdir }) });

/** The stack of a stage in an app of its own. */
export function stackOf(given: StageContext, app = newApp()): RollcallStack {
  const stage = readStage(given);
  return new RollcallStack(app, `rollcall-${stage.name}`, stage);
}

const made = new Map<string, Template[]>();

/** The templates of a stage: its own and, outside the local stage, that of the nested watch stack. */
function templates(stage: string): Template[] {
  const known = made.get(stage);
  if (known) return known;
  const stack = stackOf({ stage });
  const nested = stack.node.tryFindChild('Watch') as Stack | undefined;
  const all = [Template.fromStack(stack), ...(nested ? [Template.fromStack(nested)] : [])];
  made.set(stage, all);
  return all;
}

/** The main template of a stage. */
export function templateOf(stage: string): Template {
  const [template] = templates(stage);
  if (!template) throw new Error(`No template for ${stage}`);
  return template;
}

/** Every resource of these types, or of any, by logical id, the watch stack's included. */
export const resourcesOf = (stage: string, ...types: string[]): Resources => {
  const all: Resources = Object.assign({}, ...templates(stage).map((template) => template.toJSON()['Resources']));
  return Object.fromEntries(Object.entries(all).filter(([, { Type }]) => types.length === 0 || types.includes(Type)));
};

/** The one resource of a type. */
export function theOne(stage: string, type: string): Resource {
  const [first, ...more] = Object.values(resourcesOf(stage, type));
  if (!first || more.length > 0) throw new Error(`${stage} has ${first ? 'more than one' : 'no'} ${type}`);
  return first;
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}

/** What each function's role allows, by the function's name. */
export function rightsOf(stage: string): Record<string, Statement[]> {
  const policies = Object.values(resourcesOf(stage, 'AWS::IAM::Policy'));
  return Object.fromEntries(
    Object.values(resourcesOf(stage, 'AWS::Lambda::Function')).map(({ Properties }) => {
      const role = Properties.Role['Fn::GetAtt'][0];
      const own = policies.filter((policy) => JSON.stringify(policy.Properties.Roles).includes(`"${role}"`));
      return [nameOf(Properties), own.flatMap((policy) => policy.Properties.PolicyDocument.Statement)];
    }),
  );
}

/** The name a function goes by in logs and metrics: its folder. */
export const serviceOf = (properties: Resource['Properties']): string =>
  properties.Environment.Variables.POWERTOOLS_SERVICE_NAME;

/** A function's own name: its folder and, where one folder serves several lanes, the lane. */
export const nameOf = (properties: Resource['Properties']): string =>
  [serviceOf(properties), properties.Environment.Variables.LANE].filter(Boolean).join('-');

export const actionsOf = ({ Action }: Statement): string[] => [Action].flat();
