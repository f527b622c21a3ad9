import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallRole } from '../src/core/call.ts'
import { Redactor } from '../src/core/redact.ts'
import { bindEndpoint } from '../src/runners/bind-endpoint.ts'
import { CallDoor } from '../src/runners/call-door.ts'
import { CallLog } from '../src/runners/call-log.ts'
import type { CallTarget } from '../src/runners/call-target.ts'
import { defaultEndpoint } from '../src/runners/default-endpoint.ts'
import { orderedWindow } from '../src/runners/ordered-window.ts'
import { RunMeter } from '../src/runners/run-meter.ts'
import { StopSwitch } from '../src/runners/stop.ts'
import type { Contender } from './_throughput-contenders.ts'
import { messages } from './_throughput-contenders.ts'

/** The whole path of a run: window, call door, queue, endpoint, and every reply on disk before it is delivered. */
export const loggedRun: Contender = {
  name: 'heed, every call logged',
  async start(baseUrl, concurrency) {
    const folder = mkdtempSync(join(tmpdir(), 'heed-bench-'))
    const log = await CallLog.open(join(folder, 'calls.jsonl'))
    const stop = new StopSwitch()
    const endpoint = await bindEndpoint(
      'model',
      {
        ...defaultEndpoint(`${baseUrl}#mock`),
        headers: { authorization: 'Bearer key-for-the-mock' },
        concurrency,
        maxRetries: 0,
      },
      { spec: { prices: null, systemPrompt: null }, redactor: new Redactor(), budget: null, stop, subject: null },
    )
    const targets = new Map<CallRole, CallTarget>([['model', endpoint.target]])
    const door = new CallDoor({ log, targets, stop, meter: new RunMeter(), offline: false })
    let made = 0
    async function* samples(count: number) {
      for (let left = count; left > 0; left--) yield made++
    }
    const call = async (sample: number) => {
      const sampling = { temperature: 0 }
      const item = `item-${sample}`
      const reply = await door.call('bench', { role: 'model', purpose: 'generate', messages, sampling, sample, item })
      if (!reply.text || reply.text.length < 100) throw new Error('The mock server has not answered as expected')
    }
    return {
      run: (count) => orderedWindow(samples(count), concurrency * 8, call, () => undefined),
      stop: async () => {
        await log.close()
        await endpoint.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}
