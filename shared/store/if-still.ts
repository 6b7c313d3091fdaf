import { ConditionFailed } from './table.ts';

/** Whether a write came to be; false where the item was no more as its conditions ask. */
export async function ifStill(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}
