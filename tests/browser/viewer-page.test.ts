import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bench, startBench, temporaryFolder } from '../cli/_bench.ts'
import { chromiumPath, launchBrowser, probe, watchPage } from './_chromium.ts'
import { hostileAnswers } from './_hostile.ts'
import { writeHostileRun } from './_hostile-run.ts'

/** Starts `bench view` and gives its address. */
async function startViewer(...folders: string[]): Promise<{ url: string; [Symbol.asyncDispose](): Promise<void> }> {
  const child = startBench(['view', ...folders, '--json'])
  let output = ''
  child.stdout!.setEncoding('utf8')
  while (!output.includes('\n')) output += String((await once(child.stdout!, 'data'))[0])
  return {
    url: (JSON.parse(output) as { url: string }).url,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await once(child, 'close')
    },
  }
}

describe.skipIf(chromiumPath === null)('the viewer in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  it('shows every hostile answer as text: no script, no request, no stray element', async () => {
    using folder = temporaryFolder()
    const runs = ['a', 'b'].map((name, turn) => {
      writeHostileRun(join(folder.path, name), `run ${name} <script>canary("run")</script>`, turn)
      return join(folder.path, name)
    })
    await using viewer = await startViewer(...runs)
    const { page, context, strays, alarms, errors } = await watchPage(browser, (url) => url.startsWith(viewer.url))
    await page.goto(viewer.url)
    await page
      .locator('.row')
      .nth(hostileAnswers.length - 1)
      .waitFor()
    for (let row = 0; row < hostileAnswers.length; row++) {
      await page.locator('.row').nth(row).click()
      await page.locator('.row[aria-current]').waitFor()
      await page.locator('#item h2').waitFor()
      await page.waitForTimeout(150)
      await probe(page, 'openAll')
      expect(await probe<string[]>(page, 'intruders')).toEqual([])
      expect(await probe<string[]>(page, 'hiddenCharacters')).toEqual([])
    }
    expect({ strays, alarms, errors }).toEqual({ strays: [], alarms: [], errors: [] })
    const text = await page.locator('#item').textContent()
    expect(text).toContain('\\u{202e}gpj\\u{1b}[0m\\u{d800}')
    await context.close()
  })

  it('cuts a line of five megabytes with a note and offers the whole record as a file', async () => {
    using folder = temporaryFolder()
    writeHostileRun(join(folder.path, 'a'), 'run')
    await using viewer = await startViewer(join(folder.path, 'a'))
    const { page, context, errors } = await watchPage(browser, (url) => url.startsWith(viewer.url))
    await page.goto(viewer.url)
    const long = hostileAnswers.findIndex(([name]) => name.startsWith('a line of five'))
    await page.locator('.row').nth(long).click()
    await page
      .getByText(/^Cut: [\d,]+ more characters/)
      .first()
      .waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByText('Save the whole record').click(),
    ])
    const record = JSON.parse(readFileSync(await download.path(), 'utf8')) as { text: string }
    expect(record.text).toBe(hostileAnswers[long]![1])
    expect(errors).toEqual([])
    await context.close()
  })

  it('filters, searches, and marks what differs between two checkpoints', async () => {
    using folder = temporaryFolder()
    const runs = []
    for (const name of ['tuned', 'base']) {
      const out = join(folder.path, name)
      await bench(['run', '--bench', 'ifeval,cfbench', '--model', `demo/${name}`, '--out', out, '--quiet'])
      runs.push(out)
    }
    await using viewer = await startViewer(...runs)
    const { page, context, strays, errors } = await watchPage(browser, (url) => url.startsWith(viewer.url))
    await page.goto(viewer.url)
    await page.getByText('58 and 58 responses').waitFor()
    await page.locator('#item mark').first().waitFor()
    expect(await page.locator('#item').textContent()).not.toMatch(/null|undefined|\[object/)
    const count = async (options: Record<string, string>) => {
      for (const [name, value] of Object.entries(options)) {
        const control = page.locator(`[name="${name}"]`)
        if (name === 'text') await control.fill(value)
        else await control.selectOption(value)
      }
      await page.waitForTimeout(700)
      return page.locator('.row').count()
    }
    expect(await count({ benchmark: 'cfbench' })).toBe(14)
    expect(await count({ benchmark: 'ifeval' })).toBe(44)
    const failed = await count({ outcome: 'failed' })
    expect(failed).toBeGreaterThan(0)
    expect(failed).toBeLessThan(44)
    expect(await count({ outcome: 'differs' })).toBeGreaterThan(failed)
    expect(await count({ outcome: 'all', tag: { label: 'punctuation:no_comma' } as never })).toBe(5)
    expect(await count({ tag: '', text: 'HARBOUR at dawn' })).toBe(1)
    await page.locator('.row').first().click()
    await page.locator('#item tbody tr.differs').first().waitFor()
    expect(await page.locator('#item').textContent()).toContain('found a comma at position 79')
    expect(await count({ text: '', benchmark: 'cfbench' })).toBe(14)
    await page.locator('.row').first().click()
    await page.getByText('Calls behind the verdicts of demo/tuned').waitFor()
    await probe(page, 'openAll')
    expect(await page.locator('#item').textContent()).toContain('内容是早餐建议')
    expect({ strays, errors }).toEqual({ strays: [], errors: [] })
    await context.close()
  })

  it('is read with the keyboard and with enough contrast in both themes', async () => {
    using folder = temporaryFolder()
    writeHostileRun(join(folder.path, 'a'), 'run')
    await using viewer = await startViewer(join(folder.path, 'a'))
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, context } = await watchPage(browser, (url) => url.startsWith(viewer.url), { colorScheme })
      await page.goto(viewer.url)
      await page.locator('.row').nth(3).waitFor()
      await page.locator('.row').first().focus()
      await page.keyboard.press('ArrowDown')
      expect(await page.locator('.row').nth(1).getAttribute('aria-current')).toBe('true')
      await page.waitForTimeout(200)
      expect(await probe(page, 'lowContrast')).toEqual([])
      await context.close()
    }
  })

  it('cannot be read by another site that knows its address', async () => {
    using folder = temporaryFolder()
    writeHostileRun(join(folder.path, 'a'), 'run')
    await using viewer = await startViewer(join(folder.path, 'a'))
    const file = join(folder.path, 'other.html')
    writeFileSync(file, '<p>another site</p>')
    const { page, context } = await watchPage(browser, () => true)
    await page.goto(`file://${file}`)
    const read = (url: string) =>
      page.evaluate(`fetch(${JSON.stringify(url)}).then((answer) => answer.text(), () => 'refused')`)
    expect(await read(`${viewer.url}api/state`)).toBe('refused')
    await context.close()
  })
})
