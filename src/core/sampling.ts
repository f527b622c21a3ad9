/**
 * Sampling settings of one request. Every field is optional: what is not set is not sent, so that the endpoint's own
 * default applies; what is set takes part in the call key.
 */
export interface Sampling {
  readonly temperature?: number
  readonly topP?: number
  /** Limit of generated tokens (`max_tokens` / `max_completion_tokens`). */
  readonly maxTokens?: number
  readonly seed?: number
  readonly stop?: readonly string[]
  /**
   * Further fields of the request body, as the server spells them (for example `chat_template_kwargs`); null takes a
   * field out.
   */
  readonly extraBody?: Readonly<Record<string, unknown>>
}

/** Settings of `over` replace those of `base`, field by field; `extraBody` is merged by key. */
export function mergeSampling(base: Sampling, over: Sampling): Sampling {
  const extraBody = base.extraBody || over.extraBody ? { ...base.extraBody, ...over.extraBody } : undefined
  return { ...base, ...over, ...(extraBody ? { extraBody } : {}) }
}
