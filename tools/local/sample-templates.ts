import { renderTemplate } from '#shared/markdown/render-template.ts';

/** Organisers' words that use what a template can: sections, links, lists, headings. */
export const ANNOUNCED = renderTemplate({
  subject: 'A second keynote at {{event}}',
  body: `Dame Sara Example joins us in the morning. Her session is about **what works in prevention**:

- what five forces tried
- what it cost them
- what they would not do again

{{#joinLink}}
You have a place, so there is nothing to do: [your joining link]({{joinLink}}) stays the same.
{{/joinLink}}
{{^joinLink}}
If you would like to come after all, look at [your registration]({{manageLink}}).
{{/joinLink}}

> Prevention is the cheapest policing there is.

Best wishes,\\
{{organiser}}`,
});

export const REMINDED = renderTemplate({
  subject: '{{event}}: what to have ready',
  body: `Dear {{name}},

We look forward to seeing you. It is **{{when}}**, {{where}}.

## What to have ready

1. A quiet place, or headphones
2. One question you would ask every speaker
3. The [programme]({{eventLink}})

{{#joinLink}}
## How to join

Press this on the day: {{joinLink}}
{{/joinLink}}
{{^joinLink}}
## How to find us

The reception knows the way.
{{/joinLink}}

| Time | What |
|---|---|
| 09:30 | Welcome |
| 09:45 | *Keynote* |
| 12:45 | Questions |

{{organiser}}`,
});

export const THANKED = renderTemplate({
  subject: 'Thank you, {{name}}',
  body: `Dear {{name}},

Thank you for your interest in *{{event}}*.
{{#recordingLink}}
### Watch it again

The recording is here for four weeks: {{recordingLink}}
{{/recordingLink}}
{{^recordingLink}}
The recording follows: we write to you when it is there.
{{/recordingLink}}

Please take two minutes for [our survey]({{surveyLink}}).

{{organiser}}`,
});
