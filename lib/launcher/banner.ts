import { relative } from 'node:path'
import { styleText } from 'node:util'

export type Shown = {
  site: string
  /** Where to read the caught mail, or the mail server that delivers; a second line explains. */
  mail: string[]
  data: string[]
  readyInMs: number
}

/** What a person sees when everything runs. Without colours where nobody looks at a terminal. */
export function banner({ site, mail, data, readyInMs }: Shown): string {
  const row = (label: string, text: string) => `  ${style('dim', label.padEnd(6))}${text}`
  // The first line says where; what follows explains it.
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

/** A folder as one would type it from here. */
export function shortPath(folder: string): string {
  const near = relative(process.cwd(), folder)
  return near && !near.startsWith('..') ? `./${near}` : folder
}
