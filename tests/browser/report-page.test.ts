import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from '../cli/_bench.ts'
import { chromiumPath, launchBrowser, probe, watchPage } from './_chromium.ts'
import { writeHostileRun } from './_hostile-run.ts'

describe.skipIf(chromiumPath === null)('the report page in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  it('shows hostile output as text: no script, no request, no stray element', async () => {
    using folder = temporaryFolder()
    const runs = ['a', 'b'].map((name, turn) => {
      writeHostileRun(join(folder.path, name), `run ${name} <script>canary("run")</script>`, turn)
      return join(folder.path, name)
    })
    const file = join(folder.path, 'page.html')
    const made = await bench(['report', ...runs, '--out', file, '--title', '</title><script>canary("title")</script>'])
    expect(made.stderr).not.toContain('internal error')
    expect(made.code).toBe(0)
    const url = pathToFileURL(file).href
    const { page, context, strays, alarms, errors } = await watchPage(browser, (asked) => asked.split('#')[0] === url)
    await page.goto(url)
    await probe(page, 'openAll')
    for (const link of await page.locator('nav a').all()) await link.click()
    await page.mouse.move(300, 300)
    await page.waitForTimeout(300)
    expect({ strays, alarms, errors }).toEqual({ strays: [], alarms: [], errors: [] })
    expect(await probe<string[]>(page, 'intruders')).toEqual([])
    expect(await probe(page, 'hiddenCharacters')).toEqual([])
    expect(await page.locator('h1').textContent()).toBe('</title><script>canary("title")</script>')
    expect(await page.locator('main').textContent()).toContain('\\u{202e}gpj\\u{1b}[0m\\u{d800}')
    await context.close()
  })

  it('would notice a script, a request and a stray element', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'trap.html')
    writeFileSync(file, '<p>\u202e</p><img src="http://evil.test/x.png" onerror="canary(1)"><script>canary(2)</script>')
    const url = pathToFileURL(file).href
    const { page, context, strays, alarms } = await watchPage(browser, (asked) => asked === url)
    await page.goto(url)
    await page.waitForTimeout(300)
    expect(strays).toEqual(['http://evil.test/x.png'])
    expect(alarms).toEqual(expect.arrayContaining(['canary 1', 'canary 2']))
    expect((await probe<string[]>(page, 'intruders')).length).toBeGreaterThan(1)
    expect(await probe(page, 'hiddenCharacters')).toEqual(['202e'])
    await context.close()
  })

  it('reads well: one heading of the first rank, named regions, captions, contrast in both themes', async () => {
    using folder = temporaryFolder()
    const results = join(folder.path, 'results')
    expect((await bench(['run', '--bench', 'ifeval,followbench', '--results', results])).code).toBeLessThan(2)
    const runs = readdirSync(results)
      .filter((name) => name.startsWith('demo-'))
      .map((name) => join(results, name))
    const file = join(folder.path, 'page.html')
    expect((await bench(['report', ...runs, '--out', file])).code).toBe(0)
    expect(readFileSync(file, 'utf8')).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, context, errors } = await watchPage(browser, (url) => url.startsWith('file:'), { colorScheme })
      await page.goto(pathToFileURL(file).href)
      expect(await page.locator('h1').count()).toBe(1)
      expect(await page.locator('[role="note"]').textContent()).toContain('SAMPLE')
      expect(await page.locator('table:not(:has(caption))').count()).toBe(0)
      expect(await page.locator('svg[role="img"]').count()).toBeGreaterThan(1)
      expect(await page.locator('section:not([aria-labelledby])').count()).toBe(0)
      expect(await probe(page, 'lowContrast')).toEqual([])
      expect(errors).toEqual([])
      await context.close()
    }
  })

  it('has no sideways scrolling on a telephone', async () => {
    using folder = temporaryFolder()
    writeHostileRun(join(folder.path, 'a'), 'run')
    const file = join(folder.path, 'page.html')
    await bench(['report', join(folder.path, 'a'), '--out', file])
    const { page, context } = await watchPage(browser, (url) => url.startsWith('file:'), {
      viewport: { width: 390, height: 800 },
    })
    await page.goto(pathToFileURL(file).href)
    expect(await probe(page, 'pageWidth')).toBeLessThanOrEqual(390)
    await context.close()
  })
})
