/** Languages that langdetect 1.0.9 knows, in the sorted order in which their profiles are loaded. */
export const profileNames: readonly string[] =
  'af ar bg bn ca cs cy da de el en es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr ne nl no pa pl pt ro ru sk sl so sq sv sw ta te th tl tr uk ur vi zh-cn zh-tw'.split(
    ' ',
  )
