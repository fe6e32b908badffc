/**
 * How many levels down any question to a template goes: deeper than a hand or a tool writes, and shallow enough for one call a level.
 * What lies below is unknown. Readers of files refuse what is nested even deeper, but a model may be made from any object.
 */
export const DEEPEST_NESTING = 100;
