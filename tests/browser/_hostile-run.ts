import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hostileAnswers, hostileName } from './_hostile.ts'

/**
 * Writes a scored run folder in which everything that comes from outside is hostile: names, ids, prompts, responses,
 * reasoning, evidence, judge replies, statuses of providers.
 * @param turn moves the answers to other items, so that two runs differ
 */
export function writeHostileRun(folder: string, name: string, turn = 0): void {
  mkdirSync(folder, { recursive: true })
  const calls: object[] = []
  const verdicts: object[] = []
  hostileAnswers.forEach((_answer, index) => {
    const text = hostileAnswers[(index + turn) % hostileAnswers.length]![1]
    const item = index === 0 ? hostileName : `item ${index}`
    const key = (kind: string) => Buffer.from(`${kind}${index}`.padEnd(32, '.')).toString('hex')
    const messages = [{ role: 'user', content: hostileAnswers[(index + 3) % 11]![1] }]
    calls.push(call(key('m'), 'model', item, text, { messages, reasoning: hostileAnswers[index % 11]![1] }))
    calls.push(call(key('j'), 'judge', item, `${text.slice(0, 3000)} ${hostileName}`))
    for (const protocol of ['official', 'fixed']) {
      const place = { item, sample: 0, constraint: hostileName, scorer: `judge:${hostileName}`, protocol }
      const isLost = index % 3 === 0
      verdicts.push({
        benchmark: 'ifeval',
        edition: 'v1',
        ...place,
        value: isLost ? null : (index + turn) % 2,
        status: isLost ? 'judge-unparsed' : 'ok',
        expected: hostileName,
        found: text.slice(0, 2000),
        reason: `unreadable: ${text.slice(0, 200)}${hostileName}`,
        calls: [key('j')],
        detail: { [hostileName]: hostileName },
      })
    }
  })
  const lines = (records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('')
  writeFileSync(join(folder, 'calls.jsonl'), lines(calls))
  writeFileSync(join(folder, 'verdicts.jsonl'), lines(verdicts))
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest(name)))
  writeFileSync(join(folder, 'scores.json'), JSON.stringify(scores(name, turn)))
}

function call(key: string, role: string, item: string, text: string, more: object = {}): object {
  return {
    v: 1,
    kind: 'reply',
    key,
    endpoint: hostileName,
    role,
    purpose: role === 'model' ? 'generate' : 'judge',
    benchmark: 'ifeval',
    item,
    constraint: null,
    sample: 0,
    attempt: 0,
    sampling: {},
    templateHash: null,
    status: 'ok',
    text,
    reasoning: null,
    finishReason: hostileName,
    returnedModel: hostileName,
    usage: { inputTokens: 3, outputTokens: 5, reasoningTokens: null },
    tries: 1,
    at: '2026-01-01T00:00:00.000Z',
    ms: 4,
    raw: { text: text.slice(0, 1000), [hostileName]: hostileName },
    ...more,
  }
}

function manifest(name: string): object {
  return {
    identity: {
      format: 1,
      model: hostileName,
      modelName: name,
      modelDependsOnMeta: false,
      sampling: { stop: [hostileName] },
      systemPrompt: hostileName,
      samples: 1,
      benchmarks: [{ id: 'ifeval', edition: 'v1', isSample: true, dataHashes: { [hostileName]: 'x' }, limit: null }],
    },
    scoring: scoring(),
    createdAt: hostileName,
    command: ['bench', hostileName],
    tags: { name, [hostileName]: hostileName },
    versions: { heed: hostileName, node: hostileName, platform: hostileName },
    git: { commit: hostileName, dirty: true },
  }
}

function scoring(): object {
  return {
    judge: hostileName,
    extractor: hostileName,
    rewardModel: hostileName,
    soft: 'judge',
    python: hostileName,
    protocols: ['official', 'fixed'],
  }
}

function scores(name: string, turn: number): object {
  const figure = (id: string, group?: { dimension: string; value: string }) => ({
    id,
    protocol: 'official',
    ...(group ? { group } : {}),
    value: 0.4 + turn / 10,
    scale: 'fraction',
    n: 10,
    unit: 'item',
    missing: 3,
    interval: { low: 0.2, high: 0.8, level: 0.95, method: 'wilson' },
    bounds: { low: 0.1, high: 0.9 },
  })
  const metrics = [
    figure('prompt-level-loose'),
    ...['1', '2', '3'].map((value) => figure('prompt-level-loose', { dimension: 'level', value })),
    ...[hostileName, '</svg><script>canary(20)</script>'].map((value) =>
      figure('instruction-level-loose', { dimension: hostileName, value }),
    ),
  ]
  return {
    format: 1,
    model: hostileName,
    modelName: name,
    scoring: scoring(),
    scoredAt: hostileName,
    benchmarks: [
      {
        benchmark: 'ifeval',
        title: hostileName,
        suite: 'id',
        edition: 'v1',
        isSample: true,
        labels: [hostileName],
        scorers: { [`judge:${hostileName}`]: 10 },
        items: hostileAnswers.length,
        samples: 1,
        responses: { ok: hostileAnswers.length },
        verdicts: { official: { ok: 9, 'judge-unparsed': 5 }, fixed: { ok: 9, 'judge-unparsed': 5 } },
        complete: false,
        metrics: { official: metrics, fixed: metrics.map((metric) => ({ ...metric, protocol: 'fixed' })) },
        warnings: { [hostileName]: 2 },
      },
    ],
    usage: { [hostileName]: { calls: 3, inputTokens: 1, outputTokens: 2, unknown: 0, cost: 0.1 } },
  }
}
