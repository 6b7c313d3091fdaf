import { RemovalPolicy } from 'aws-cdk-lib';
import type { Stage } from './stage.ts';

/**
 * What becomes of whatever holds state when the stack goes. Kept, unless the very deploy that made it is rolled back: left
 * behind by that, it would be in the way of the next try.
 */
export const removalPolicy = ({ removal }: Pick<Stage, 'removal'>): RemovalPolicy =>
  removal === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** Whether neither stack nor table can be deleted. Not from the first deploy on: a failed one is deleted and done again. */
export const isProtected = ({ removal }: Pick<Stage, 'removal'>): boolean => removal === 'protect';
