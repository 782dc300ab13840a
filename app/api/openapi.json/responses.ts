/** A response with a JSON body. `schema`: its name in `components.schemas`. */
export function jsonResponse(description: string, schema: string) {
  return bodyResponse(description, 'application/json', schema)
}

/** A problem+json response (RFC 9457). */
export function problemResponse(description: string) {
  return bodyResponse(description, 'application/problem+json', 'Problem')
}

function bodyResponse(description: string, type: string, schema: string) {
  return { description, content: { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } } }
}
