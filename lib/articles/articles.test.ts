import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, expect, test } from 'vitest'
import { compileArticle } from '#lib/articles/compile'
import { type Article, readArticles } from '#lib/articles/library'
import { outcomes } from '#lib/billing/which-code'

const folder = mkdtempSync(join(tmpdir(), 'articles-'))
afterAll(() => rmSync(folder, { recursive: true }))

const front = {
  title: 'A second article',
  eyebrow: 'For a test',
  subtitle: 'Made by a test',
  summary: 'Made by a test.',
  published: '2026-01-02',
  reviewed: '2026-02-03',
  keywords: ['test'],
  references: { one: { by: 'A', title: 'B', where: 'C' } },
}

function write(body: string, more: object = {}, name = 'second'): Article {
  writeFileSync(join(folder, `${name}.mdx`), `---\n${JSON.stringify({ ...front, ...more })}\n---\n${body}`)
  const article = readArticles(folder).find(({ slug }) => slug === name)
  rmSync(join(folder, `${name}.mdx`))
  if (!article) throw new Error('not read')
  return article
}

function Cite({ of }: { of: string }) {
  return createElement('sup', null, of)
}

async function render(article: Article): Promise<string> {
  const { Content } = await compileArticle(article)
  const html = renderToStaticMarkup(createElement(Content, { components: { Cite } }))
  return html.replaceAll('\n', '')
}

test('Markdown becomes labeled sections, accessible tables and numbered citations', async () => {
  const article = write(
    '## First part\n\nA claim.<Cite of="one" />\n\nTable: A caption\n\n| A | B |\n| - | - |\n| c | d |\n\n## Second [#own]\n\n### Below\n',
  )
  expect(await render(article)).toBe(
    '<section aria-labelledby="first-part"><h2 id="first-part">First part</h2><p>A claim.<sup>1</sup></p>' +
      '<table><caption>A caption</caption><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>' +
      '<tbody><tr><th scope="row">c</th><td>d</td></tr></tbody></table></section>' +
      '<section aria-labelledby="own"><h2 id="own">Second</h2><h3 id="below">Below</h3></section>',
  )
  const { outline, words, minutes } = await compileArticle(article)
  expect(outline).toEqual([
    { id: 'first-part', title: 'First part' },
    { id: 'own', title: 'Second' },
  ])
  expect([words, minutes]).toEqual([13, 1])
})

test('an invalid article fails the build with the file’s name', async () => {
  const cited = 'x<Cite of="one" />'
  await expect(compileArticle(write('x<Cite of="two" />'))).rejects.toThrow(/^second\.mdx: .*cites "two"/)
  await expect(compileArticle(write('Nothing cited.'))).rejects.toThrow(/second\.mdx: never cites one/)
  await expect(compileArticle(write(`## A\n\n${cited}\n\n## A`))).rejects.toThrow(/two headings .* "a"/)
  await expect(compileArticle(write(`## ?!\n\n${cited}`))).rejects.toThrow(/no letter for an id/)
  await expect(compileArticle(write(`${cited} {`))).rejects.toThrow(/^second\.mdx: /)
  expect(() => write(cited, { reviewd: '2026-02-03' })).toThrow(/second\.mdx:\n.*reviewd/)
  expect(() => write(cited, { reviewed: 'in spring' })).toThrow(/second\.mdx:\n.*ISO date/)
  rmSync(join(folder, 'second.mdx'))
  expect(() => write(cited, {}, 'Second Article')).toThrow(/a-z, 0-9 and hyphens/)
  rmSync(join(folder, 'Second Article.mdx'))
})

const cpt = readArticles().find(({ slug }) => slug === '97014') as Article
const source = readFileSync('content/97014.mdx', 'utf8')
const text = `${cpt.body}\n${JSON.stringify([cpt.glance, cpt.questions, outcomes])}`

test('the article on 97014 has its length and its sections in their order', async () => {
  const { words, minutes, outline } = await compileArticle(cpt)
  expect(words).toBeGreaterThanOrEqual(1400)
  expect(words).toBeLessThanOrEqual(2200)
  expect(minutes).toBe(Math.round(words / 230))
  expect(outline.map(({ id }) => id).filter((id) => id !== 'which-code')).toEqual([
    'denotes',
    'rehabilitation',
    'modalities',
    'pain',
    'trade-offs',
    'patient',
    'conclusion',
  ])
})

test('CPT has its ® at first use in each section', () => {
  const sections = cpt.body.split(/^## /m).slice(1)
  expect(sections.length).toBe(8)
  for (const section of sections) expect(/CPT.?/.exec(section)?.[0], section.slice(0, 40)).toBe('CPT®')
  for (const own of [cpt.eyebrow, cpt.summary, JSON.stringify(cpt.questions)])
    expect(/CPT.?/.exec(own)?.[0]).toBe('CPT®')
})

test('the numbers are those of the fact sheet', () => {
  for (const fact of [
    '381 randomized trials with 24,532 people',
    '−0.96 (95% confidence interval −1.14 to −0.78',
    '−0.72, with low certainty',
    '169 reviews',
    '69 lean toward a benefit, 13 toward none, and 87',
    'review of 35 trials',
    'Since June 2012',
    'within 12 visits',
    'since 2003',
    'since January 2007',
    '| 8 to 22 | 1 |\n| 23 to 37 | 2 |\n| 38 to 52 | 3 |\n| 53 to 67 | 4 |',
  ])
    expect(text).toContain(fact)
})

test('each source has a date, and each code of the table has a source', () => {
  for (const { title, where } of Object.values(cpt.references)) expect(where, title).toMatch(/\b20\d\d\b/)
  const codes = cpt.body.match(/^\| \**(9\d{4}|G\d{4}).*$/gm) ?? []
  expect(codes.length).toBe(10)
  for (const row of codes) expect(row).toContain('<Cite of="')
})

test('what is not confirmed, not ours or not to be printed stays out', () => {
  expect(text).not.toMatch(/application of a modality|each 15 minutes/i) // the AMA's descriptor
  expect(text.match(/\$[\d,.]+/g)).toEqual(['$2,480']) // the yearly threshold; no fees
  expect(text).toMatch(/secondary source gives \$2,480 for 2026/)
  expect(text).not.toMatch(/\b(January|April|July) \d*,? ?2003|column [12] code|mutually exclusive/i)
  expect(text).not.toMatch(/(NCCI|bundled?) (edit|pair)s? (is|are|of) /i)
  expect(source).not.toMatch(/kennedy|peace or a new/i)
})
