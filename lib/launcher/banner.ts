import { relative } from 'node:path'
import { styleText } from 'node:util'

type BannerFields = {
  site: string
  /** The inbox's address or the mail server, then an explanation. `data` likewise. */
  mail: string[]
  data: string[]
  readyInMs: number
}

/** The text for a person when everything runs. Without colors if the output is not a terminal. */
export function banner({ site, mail, data, readyInMs }: BannerFields): string {
  const row = (label: string, text: string) => `  ${style('dim', label.padEnd(6))}${text}`
  const rows = (label: string, [first = '', ...more]: string[]) => [
    row(label, first),
    ...more.map((line) => row('', style('dim', line))),
  ]
  return [
    '',
    `  ${style('bold', 'TrackStat is ready')} ${style('dim', `(${(readyInMs / 1000).toFixed(1)} s)`)}`,
    '',
    row('Site', style('bold', site)),
    ...rows('Mail', mail),
    ...rows('Data', data),
    row('Stop', 'Ctrl-C'),
    '',
  ].join('\n')
}

function style(format: 'bold' | 'dim', text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text
}

/** The relative path of a folder below the working directory; other folders as they are. */
export function shortPath(folder: string): string {
  const near = relative(process.cwd(), folder)
  return near && !near.startsWith('..') ? `./${near}` : folder
}
