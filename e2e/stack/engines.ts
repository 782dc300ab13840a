import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import puppeteer from 'puppeteer-core'
import { Builder, By, Capabilities } from 'selenium-webdriver'
import { FIREFOX, findProgram, MINI_BROWSER } from './browser.mjs'
import { freePort } from './free-port.ts'

/** A browser of another engine than Playwright's, with what a person does on a page. Selectors are CSS. */
export type Engine = {
  /** Goes to an address and does not wait, as a page may still wait for its script. */
  open: (address: string) => Promise<unknown>
  type: (selector: string, text: string) => Promise<unknown>
  click: (selector: string) => Promise<unknown>
  /** The value of an expression in the page. */
  read: <Value>(expression: string) => Promise<Value>
  /** Presses the Space key where the focus is. */
  pressSpace: () => Promise<unknown>
  close: () => Promise<unknown>
}

const START_MS = 30_000

/** The system's Firefox (Debian: firefox-esr), by WebDriver BiDi. */
async function startFirefox(): Promise<Engine> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath: FIREFOX.map(findProgram).find(Boolean),
    headless: true,
    extraPrefsFirefox: { 'media.autoplay.default': 0 },
  })
  const page = await browser.newPage()
  return {
    open: (address) => page.evaluate((to) => void location.assign(to), address),
    type: (selector, text) => page.type(selector, text),
    // Waits until the element is shown and does not move.
    click: (selector) => page.locator(selector).click(),
    read: <Value>(expression: string) => page.evaluate(`(${expression})`) as Promise<Value>,
    pressSpace: () => page.keyboard.press(' '),
    close: () => browser.close(),
  }
}

/** WebKitGTK's MiniBrowser (Debian: webkit2gtk-driver), by WebDriver, on a display of its own (Debian: xvfb). */
async function startWebKit(): Promise<Engine> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const [display] = await once(screen.stdio[3] as NodeJS.ReadableStream, 'data')
  const port = await freePort()
  const env = { ...process.env, DISPLAY: `:${String(display).trim()}` }
  const driver = spawn('WebKitWebDriver', ['-p', String(port)], { env, stdio: 'ignore' })
  const address = `http://127.0.0.1:${port}`
  await answers(`${address}/status`)
  const browser = await new Builder()
    .usingServer(address)
    .withCapabilities(
      new Capabilities({
        browserName: 'MiniBrowser',
        pageLoadStrategy: 'none',
        'webkitgtk:browserOptions': { binary: MINI_BROWSER.find(existsSync), args: ['--automation'] },
      }),
    )
    .build()
  async function find(selector: string) {
    const element = await browser.findElement(By.css(selector))
    // The driver does not wait for the end of smooth scrolling.
    await browser.executeScript(
      'arguments[0].scrollIntoView({ block: "center", behavior: "instant" })',
      element,
    )
    return element
  }
  return {
    open: (url) => browser.get(url),
    type: async (selector, text) => (await find(selector)).sendKeys(text),
    click: async (selector) => (await find(selector)).click(),
    read: (expression) => browser.executeScript(`return (${expression})`),
    pressSpace: () => browser.actions().sendKeys(' ').perform(),
    close: async () => {
      await browser.quit()
      await Promise.all([driver, screen].map(stop))
    },
  }
}

/** By name. Only Linux has WebKitGTK; see `requireEngines`. */
export const engines: Record<string, () => Promise<Engine>> =
  process.platform === 'linux' ? { Firefox: startFirefox, WebKitGTK: startWebKit } : {}

async function answers(address: string): Promise<void> {
  for (const giveUp = Date.now() + START_MS; Date.now() < giveUp; await sleep(50))
    if (await fetch(address).catch(() => undefined)) return
  throw new Error(`nothing answers at ${address}`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill()
  await gone
}
