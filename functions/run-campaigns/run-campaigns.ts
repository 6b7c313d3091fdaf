import type { CampaignMessage, FanOut, PlanMessage, StartRun } from '#shared/queue/messages.ts';

interface Tasks {
  readonly plan: (message: PlanMessage) => Promise<void>;
  readonly start: (message: StartRun) => Promise<void>;
  readonly walk: (message: FanOut) => Promise<void>;
}

/** Hands each message of the queue to the one task it asks for: plan an event, start a run, or walk through its people. */
export const runCampaigns =
  (tasks: Tasks) =>
  async (message: CampaignMessage): Promise<void> => {
    switch (message.task) {
      case 'plan':
        return tasks.plan(message.body);
      case 'start':
        return tasks.start(message.body);
      case 'walk':
        return tasks.walk(message.body);
    }
  };
