import type { ConstraintType } from './schema.ts'

/**
 * Values of `source` by type of file (YJiangcm/FollowBench at 6278f4c1, both languages). The source decides between rule
 * and judge, so that a name nobody knows must not pass silently.
 */
export const sourcesByType: Readonly<Record<ConstraintType, readonly string[]>> = {
  content: [
    ...['COGNAC', 'E2E', 'WIKIEVENTS', 'CONLL2003', 'quora', 't0_zsnoopt_data', 'sharegpt', 'reddit', 'helpful_base'],
    'oasst',
  ],
  situation: [
    ...['BBH_logical', 'BBH_time', 'self_made_space', 'gsm_8k', 'self-made', 'vicuna', 'coding', 'humaneval'],
    'helpful_base',
  ],
  style: ['oasst', 'quora', 'koala', 'vicuna', 'helpful_base', 'reddit'],
  format: ['oasst', 'quora', 'koala', 'vicuna', 'helpful_base', 'reddit'],
  example: [
    ...['aeslc', 'ag_news', 'art', 'billsum', 'bing_coronavirus_query_set', 'biosses', 'common_gen', 'commonsense_qa'],
    ...['craigslist_bargains', 'dream', 'drop', 'emotion', 'freebase_qa', 'generated_reviews_enth', 'gutenberg_time'],
    ...['google_wellformed_query', 'hans', 'health_fact', 'imdb', 'lambada', 'limit', 'math_qa', 'mwsc', 'narrativeqa'],
    ...['newspop', 'numer_sense', 'onestop_english', 'piqa', 'poem_sentiment', 'qa_srl', 'quoref', 'rotten_tomatoes'],
    ...['samsum', 'sciq', 'species_800', 'squad', 'web_questions', 'wiqa', 'xsum', 'zest'],
  ],
  mixed: [
    ...['text_editing', 'cnn_dailymail', 'xsum', 'samsum', 'gigaword', 'arxiv', 'ROCStories', 'WritingPrompts'],
    ...['NewsCommentary', 'Tedtalks', 'Open Subtitles', 'synthetic_data_generation'],
  ],
}

/** Types that the entries of a mixed record's `category` may name. */
export const mixedKinds: readonly string[] = ['content', 'situation', 'style', 'format']
