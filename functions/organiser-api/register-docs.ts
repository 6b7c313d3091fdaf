import * as z from 'zod';
import { Slug } from '#shared/domain/event.ts';
import { registrationForm } from '#shared/domain/registration-details.ts';
import type { DocumentedRoute } from '#shared/http/open-api.ts';

/** Which answers there are is each event's own affair; everything else is the form's. */
const RegistrationForm = registrationForm([])
  .extend({ answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional() })
  .meta({ id: 'RegistrationForm' });

/** Registering by JSON, without a key. Another function answers it; the document is of all that is under /api/v1. */
export const registerByJson: DocumentedRoute = {
  method: 'POST',
  path: '/api/v1/events/{slug}/register',
  spec: {
    path: z.object({ slug: Slug }),
    body: RegistrationForm,
    docs: {
      operationId: 'register',
      tag: 'Registrations',
      summary: 'Register, as the form on the event’s page does',
      description:
        'For forms on other sites; browsers may call it from the origins that the stage allows. Needs no key. The answer is the same for everybody, so nobody learns who is registered: what became of the wish comes by mail.',
      requests: {
        'Somebody new': {
          name: 'Ada Moreau',
          email: 'ada@example.org',
          organisation: 'Ville de Blois',
          answers: { gauge: 'yes' },
          timeZone: 'Europe/Paris',
        },
      },
      answer: {
        status: 202,
        description: 'The wish is stored.',
        schema: z.object({ status: z.literal('received') }),
        example: () => ({ status: 'received' }),
      },
      refusals: ['registration-closed'],
    },
  },
};
