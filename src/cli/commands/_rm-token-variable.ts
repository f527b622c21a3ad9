/** Environment variable in which the reward server looks for its bearer token. */
export const usualTokenVariable = 'BENCH_REWARD_TOKEN'
