import type { Thing } from '#app/_ui/layout/schema-org'

/**
 * Structured data of a page (JSON-LD 1.1). It never runs, so the CSP needs no hash. React does not escape script text;
 * escaping `<` is enough, because only `</script` could end it.
 */
export function StructuredData({ things }: { things: Thing[] }) {
  return things.map((thing) => (
    <script key={String(thing['@type'])} type="application/ld+json">
      {JSON.stringify({ '@context': 'https://schema.org', ...thing }).replaceAll('<', '\\u003c')}
    </script>
  ))
}
