import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'
import type { Article } from '#lib/articles/library'

type Sources = Pick<Article, 'references'>

/**
 * The numbers of sources in an article's reference list, from 1, as in `1 5`.
 * @throws if the list has no such source
 */
export function numbersOf({ references }: Sources, names: readonly string[]): string {
  const all = Object.keys(references)
  const unknown = names.find((name) => !all.includes(name))
  if (unknown !== undefined) throw new Error(`cites "${unknown}", which is not among its references`)
  return names.map((name) => all.indexOf(name) + 1).join(' ')
}

/**
 * A remark plugin: replaces the sources' names in `<Cite of="fcso kx" />` with their numbers.
 * @throws if a listed source is never cited
 */
export function resolveCitations(article: Article) {
  return (tree: Root): void => {
    const cited = new Set([...article.glance, ...article.questions].flatMap(({ cite }) => cite))
    visit(tree, ['mdxJsxTextElement', 'mdxJsxFlowElement'], (node) => {
      if (!('attributes' in node) || node.name !== 'Cite') return
      const of = node.attributes.find((attribute) => 'name' in attribute && attribute.name === 'of')
      const names = String(of?.value ?? '').split(' ')
      for (const name of names) cited.add(name)
      if (of) of.value = numbersOf(article, names)
    })
    const uncited = Object.keys(article.references).filter((name) => !cited.has(name))
    if (uncited.length) throw new Error(`never cites ${uncited.join(', ')}`)
  }
}
