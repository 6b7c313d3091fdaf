import { STYLE_BASE } from './style-base.ts';
import { STYLE_EVENT } from './style-event.ts';
import { STYLE_FORMS } from './style-forms.ts';
import { STYLE_LISTS } from './style-lists.ts';
import { STYLE_PRINT } from './style-print.ts';
import { tokens } from './style-tokens.ts';

/** The whole stylesheet: tokens, a classless base, then what single parts add. */
export const STYLESHEET: string = [tokens(), STYLE_BASE, STYLE_LISTS, STYLE_EVENT, STYLE_FORMS, STYLE_PRINT].join('\n');
