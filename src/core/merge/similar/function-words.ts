// Words that every account has, whatever it tells: pronouns, prepositions, auxiliaries and what news says of who said it, in the
// languages that feeds are written in most. Only such as are long enough to be taken for content (signature.ts).

const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'about after again also although among another around because been before being between both came come could does down during ' +
    'each even every everything from have having here however into itself just like made make many more most much must only other ' +
    'others over said same says should since some still such than that their them then there these they thing this those though ' +
    'through told under until upon very want well went were what when where which while whom whose will with within would your ' +
    'aber alle allem allen aller alles also andere anderen auch beim bereits bevor dabei dafür damit danach dann daran darauf daraus ' +
    'dass davon dazu deren dessen dies diese diesem diesen dieser dieses doch dort durch eben eine einem einen einer eines ' +
    'einige etwas fast gegen haben habe hatte hatten heißt hier hinter ihre ihrem ihren ihrer immer innerhalb jede jedem jeden jeder jedoch ' +
    'jetzt kann kein keine keinen könne können konnte konnten laut mehr muss musste nach nachdem nicht noch nun oder ohne sagt sagte schon ' +
    'sehr sein seine seinem seinen seiner seit seien selbst sich sind sollen soll sollte sollten sondern soweit über unter viele vom ' +
    'während waren wegen weil weiter welche wenn werde werden wieder will wird wollen worden wurde wurden würde zwischen ' +
    'ainsi alors après assez aucun aussi autre autres avaient avait avant avec avoir avons ayant beaucoup bien cela celle celui ceux ' +
    'cette chaque chez comme contre dans depuis dont donc elle elles encore entre était étaient étant être fait faire fois ' +
    'hors indique jusqu leur leurs lors lorsque mais même mêmes moins nous notre parce parmi pendant peut peuvent plus plusieurs ' +
    'pour pourtant près quand quelque quelques sans selon sera seront serait soit sont sous tous tout toute toutes très vers votre vous ' +
    'algo algunas algunos además alguna alguno ante antes aquel aquella aunque cada casi como cual cuando desde dice dicho dijo donde ' +
    'durante ella ellas ellos entre eran esas esos esta están estaba estaban estar estas este esto estos está fue fueron había ' +
    'habían hace hacer hacia haber hasta mientras mismo misma muchas muchos mucho nada nos otra otras otro otros para parte pero poco podrá porque ' +
    'pues puede pueden quien quienes según será serán sido siempre siendo sino sobre solo sólo sus también tan tanto tiene tienen toda ' +
    'todas todo todos tras unas unos usted ' +
    'ainda algum alguma apenas após assim através cada caso com como contra dela dele deles depois desde dessa desse desta deste disse diz ' +
    'dois eles enquanto então entre eram essa esse estão estava estavam este esta foram haver havia isso isto já mais mas menos mesma mesmo muito ' +
    'nessa nesse nesta neste nossa nosso onde outra outras outro outros para pela pelas pelo pelos pode podem porque porém pouco pois qual quando ' +
    'quem segundo seja sejam sem sendo será serão seus suas sobre também tanto tem teve tinha tinham toda todas todo todos ' +
    'alcuni alcune alla alle allo altra altre altri altro anche ancora aveva avevano avere bene chi ciò come così contro cosa dagli dalla dalle ' +
    'dallo degli della delle dello dentro dopo dove durante ecco era erano essere fare fino fatto fra già gli hanno infatti invece loro meno ' +
    'mentre molto molti negli nella nelle nello nostro ogni oltre ora perché però poco possono presso prima proprio può quale quali quando quella ' +
    'quelle quelli quello questa queste questi questo quindi sarà saranno secondo sembra sempre senza sia siano sono sopra sotto stata state stati ' +
    'stato subito sugli sulla sulle sullo tanto tra tutta tutte tutti tutto verso ' +
    'achter alle alleen andere anderen bent bij daar daarna dacht deze dezelfde dient door echter elke enkele geen haar hadden hebben heeft ' +
    'hier hoe iets ieder indien kunnen kunt maar maken meer meest meer moet moeten naar niet niets nieuwe omdat onder onze ook over reeds ' +
    'sinds slechts steeds tegen terwijl toch toen tussen uit vaak vanaf veel verder volgens voor voordat waar waarbij waarin wanneer waren wat ' +
    'weer wel welke werd werden wie wilde worden wordt zegt zelf zich zijn zoals zonder zou zouden zullen ' +
    'alla allt andra annan bara blev bliva blir både deras dess dessa detta efter eller enligt ett finns från före genom hade hans hela henne ' +
    'inte innan inom kommer kunde många med mellan mera mest måste mycket några någon något också samt sedan sina sitt själv skulle ' +
    'säger sade tills under utan varit varje vara vilka vilket åter över ' +
    'alle allerede andet andre annet blev bleve bliver ble blitt blive denne deres dette disse efter eller enn etter fleste flere fordi fra frem før ' +
    'gennem gjennom godt hadde havde have haft hans hele hende hennes hver hvert hvad hvor hvis ikke imot ingen inden innen kunne mange mellem mellom ' +
    'mens mere meget mest mye måtte noen noget nogle også over sammen seg selv siden sier siger sine skal skulle slik som stadig under uten vært være ' +
    'ville været ' +
    'albo bardzo bez będzie będą były było bym chce choć czego czyli dla dlaczego dlatego dopiero dotąd gdy gdyż gdzie innych jako jakie jednak jego jeszcze ' +
    'jest jeśli jest już kiedy kilka której którego którym których który która które którzy może można mówi nadal nawet niego nich obok około oraz ' +
    'podczas ponad poza powiedział przed przede przez przy sobie swoje swoich także tam tego tej temu tych tylko tym wciąż wiele więc według ' +
    'wszystkie wszystko został zostali została zostało został żeby ' +
    'более больше будет будут была были было быть ведь весь вместе возле всего всех вчера где даже для другие других если есть ещё еще имеет его ' +
    'затем здесь или иметь именно как какой когда которая которого которое которой котором которые который которых кроме куда лишь между менее может могут ' +
    'можно надо назад него нельзя несколько нибудь однако около она они отметил перед поэтому после потом почти при пока против рассказал свое своей ' +
    'своих себя сегодня сейчас словам сообщил сообщила сообщили среди стал стала стали такая также такие такой там теперь только того тоже тогда ' +
    'уже хотя чего через чтобы этим этих это этого этой этом эти этот ' +
    'або але біля бути було була були вже від він вона вони для його коли може після про також тільки через щоб який яка яке які якого ' +
    'ancak ayrıca bazı benim bile böyle bunu bunun çünkü daha değil diye dedi etti ettiği gibi göre hangi hem henüz herkes için ' +
    'ilgili ise kadar karşı kendi nasıl nedeniyle olan olarak oldu olduğu olduğunu olması onun önce sadece sonra söyledi şekilde tüm üzere yaptı zaman ' +
    'adalah agar akan antara atau bagi bahwa banyak beberapa belum dalam dapat dari dengan hanya harus hingga ingin juga kami karena kata kepada ketika lagi lain ' +
    'lebih maka masih mereka namun oleh pada para saat sangat saya sebagai sebelum secara sedang sehingga selama semua seorang seperti serta setelah ' +
    'sudah tahun telah tentang terhadap tersebut tidak untuk yang ' +
    'على إلى الى عند بعد قبل بين حتى كان كانت كما لكن لأن منذ هذا هذه هذان ذلك تلك التي الذي الذين عنه عنها فيه فيها منه منها وقال وقالت قال قالت ' +
    'وكان وكانت وأن وإن وفي ومن وقد حيث خلال حول دون سوف عليه عليها بأن أنه أنها وأوضح وأضاف أيضا جدا كل بعض غير نحو أكثر أمام وهو وهي هناك ' +
    'लेकिन होने अपने अपनी लिए बताया कहा साथ बाद किया करने करते किसी जिसमें उन्होंने इसके उनके रहे रही गया गई हुए हुई यहाँ वहाँ'
  ).split(' '),
);

/** Of a word in lower case. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word);
}
