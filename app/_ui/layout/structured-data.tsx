import type { Thing } from '#app/_ui/layout/schema-org'

/**
 * What a page says to programs (JSON-LD 1.1 in HTML). It is data and never runs, so the policy needs no
 * hash for it. As React leaves the text of a script alone, only what could end the element is escaped.
 */
export function StructuredData({ things }: { things: Thing[] }) {
  return things.map((thing) => (
    <script key={String(thing['@type'])} type="application/ld+json">
      {JSON.stringify({ '@context': 'https://schema.org', ...thing }).replaceAll('<', '\\u003c')}
    </script>
  ))
}
