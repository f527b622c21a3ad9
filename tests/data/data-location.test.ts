import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataLocation } from '../../src/data/data-location.ts'

const home = '/home/ada'
const linux = (env: Record<string, string>, flag?: string) => dataLocation({ env, flag, platform: 'linux', home })

describe('dataLocation', () => {
  it('prefers the option over the environment over the cache', () => {
    expect(linux({ BENCH_DATA_DIR: '/env' }, '/flag')).toBe(resolve('/flag'))
    expect(linux({ BENCH_DATA_DIR: '/env', XDG_CACHE_HOME: '/xdg' })).toBe(resolve('/env'))
    expect(linux({ BENCH_DATA_DIR: '' })).toBe(join(home, '.cache/heed/data'))
  })

  it('makes relative and home paths absolute', () => {
    expect(linux({}, 'data')).toBe(resolve('data'))
    expect(linux({}, '~/data')).toBe(join(home, 'data'))
    expect(linux({ BENCH_DATA_DIR: '~' })).toBe(home)
    expect(linux({}, '~other/data')).toBe(resolve('~other/data'))
  })

  it('uses the cache of each platform', () => {
    expect(linux({ XDG_CACHE_HOME: '/xdg' })).toBe('/xdg/heed/data')
    expect(linux({ XDG_CACHE_HOME: 'relative' })).toBe(join(home, '.cache/heed/data'))
    expect(dataLocation({ env: {}, platform: 'darwin', home })).toBe(join(home, 'Library/Caches/heed/data'))
    expect(dataLocation({ env: { LOCALAPPDATA: '/local' }, platform: 'win32', home })).toBe(join('/local/heed/data'))
    expect(dataLocation({ env: {}, platform: 'win32', home })).toBe(join(home, 'AppData/Local/heed/data'))
  })
})
