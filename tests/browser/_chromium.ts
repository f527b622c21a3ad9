import { existsSync, readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const named = process.env.CHROMIUM_PATH
const places = named ? [named] : ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** An installed Chromium; null where there is none. CHROMIUM_PATH names another one. */
export const chromiumPath: string | null = places.find((path) => existsSync(path)) ?? null

if (chromiumPath === null)
  console.warn('browser tests skipped: no Chromium (set CHROMIUM_PATH, or apt-get install chromium)')

/** Starts the browser without anything that calls home. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-default-apps',
      '--disable-sync',
      '--no-first-run',
      '--no-pings',
    ],
  })
}

/** What happened while a page was open that must not happen. */
export interface Watch {
  readonly page: Page
  readonly context: BrowserContext
  /** Requests to anywhere but the page's own origin; they were stopped. */
  readonly strays: string[]
  /** Scripts that ran, dialogs, pop-ups, navigations. */
  readonly alarms: string[]
  /** Errors of the page's own script, and breaches of its policy. */
  readonly errors: string[]
}

/**
 * Opens a page under watch.
 * @param isOwn true for the addresses that the page may ask for
 */
export async function watchPage(browser: Browser, isOwn: (url: string) => boolean, options = {}): Promise<Watch> {
  const context = await browser.newContext(options)
  const strays: string[] = []
  const alarms: string[] = []
  const errors: string[] = []
  await context.route('**/*', async (route) => {
    const url = route.request().url()
    if (isOwn(url)) return route.continue()
    strays.push(url.slice(0, 200))
    return route.abort()
  })
  await context.exposeFunction('canary', (mark: unknown) => alarms.push(`canary ${String(mark)}`))
  const page = await context.newPage()
  context.on('page', () => alarms.push('pop-up'))
  page.on('dialog', (dialog) => {
    alarms.push('dialog')
    void dialog.dismiss()
  })
  page.on('framenavigated', (frame) => {
    if (!isOwn(frame.url())) alarms.push(`navigation to ${frame.url().slice(0, 100)}`)
  })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return { page, context, strays, alarms, errors }
}

const probes = readFileSync(new URL('./_probes.js', import.meta.url), 'utf8')

/** Runs one of the functions of `_probes.js` inside the page. */
export function probe<Answer>(page: Page, name: string): Promise<Answer> {
  return page.evaluate(`${probes}\nglobalThis.probes.${name}()`)
}
