/** Answers of a model that wants to break out of the page. Each calls `canary` when it succeeds. */
export const hostileAnswers: readonly (readonly [name: string, text: string])[] = [
  ['a script', '<script>canary("script")</script></pre></td></table><script>canary("closed")</script>'],
  [
    'handlers',
    '<img src=x onerror="canary(1)"><svg onload="canary(2)"><body onpageshow=canary(3)><details open ontoggle=canary(4)>',
  ],
  [
    'a document in an svg',
    '<svg><script>canary(5)</script><foreignObject><iframe srcdoc="<script>parent.canary(6)</script>"></iframe></foreignObject></svg>',
  ],
  [
    'requests',
    '<img src="http://evil.test/a.png"><link rel=stylesheet href=//evil.test/x.css><meta http-equiv=refresh content="0;url=http://evil.test/"><style>@import url(http://evil.test/y.css);body{display:none}</style>',
  ],
  [
    'links',
    '[click](javascript:canary(7)) <a href="javascript:canary(8)" id=trap autofocus onfocus=canary(9)>click</a> javascript:canary(10)',
  ],
  ['attributes', '" onmouseover="canary(11)" x=\' onclick=\'canary(12)\' `${canary(13)}` {{canary(14)}}'],
  [
    'a base and a form',
    '<base href="http://evil.test/"><form action="http://evil.test/"><button autofocus formaction="javascript:canary(15)">x</button></form>',
  ],
  [
    'comments and templates',
    '--><!--<script>canary(16)</script>--></title></style></textarea></noscript><template><script>canary(17)</script></template>',
  ],
  [
    'terminal escapes',
    '\u001b[31mred\u001b]8;;http://evil.test/\u0007link\u001b]8;;\u0007\u001b[2J\u009b1m\u0000\u0008',
  ],
  ['bidirectional overrides', 'access \u202eresu nimda\u202c and \u2066isolated\u2069 \u200f\u200e \ufeff'],
  ['lone surrogates', 'high \ud800 low \udc00 reversed \udc00\ud800 pair \ud83d\ude00 end \ud83d'],
  ['a line of five megabytes', `start ${'<b>x</b>&'.repeat(555_556)} end`],
  ['line separators', 'one\u2028two\u2029three\rfour\u0085five'],
  ['prototype names', '__proto__ constructor toString'],
]

/** A text that is hostile by itself, short enough for names, ids and evidence. */
export const hostileName = '<img src=http://evil.test/n.png onerror=canary("name")>"\'>\u202egpj\u001b[0m\ud800'
