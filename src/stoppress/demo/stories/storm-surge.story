// The live blog of the demonstration: one day in a harbour city that does not exist.
// How to read and write this file: demo/script.py. Times are the story's own, in its zone.
// {20:36} in the text prints the moment at which the page's readers live through that time.

slug: storm-surge
headline: Surge alarm on the Hael: highest tide in half a century forecast for tonight
standfirst: Storm Ragna is driving the sea into the estuary. Our reporters are on the quays, at the dykes and on the Tern Island ferry. (A demonstration: the city, its people and this day are invented, and the day passes at {speed} times its own pace.)
timezone: Europe/Amsterdam
language: en
begins: 08:40


@ 05:28 open by hanneke

@ 05:30 start-shift by marit

@ 05:31 publish alarm by marit
headline: Surge alarm raised for the whole Hael estuary
dateline: Kesterhaven
key event: yes

The national Tide and Surge Service has raised its warning for the Hael from “watch” to “alarm”, the
higher of its two levels. In a bulletin sent at {05:10} it forecast a water level of **3.55 metres** at
Fish Quay this evening, give or take 25 centimetres. The quay itself is 3.60 metres high.

Storm Ragna, which deepened faster overnight than any of the service’s models had expected, will push
water into the estuary for most of the day. The top of the tide is due at {20:36}.

If the forecast holds it will be the highest water in Kesterhaven since 9 January 1968, when 31 people
died. The barrier at the mouth of the river did not exist then. It is built for a good deal more than this.

We will be here through the day and the night. I am Marit Oldenkamp, and I have the first shift. Times in our
text are Kesterhaven’s.

@ 05:44 publish marks by marit
headline: Four numbers to know today

Every figure on this page is measured in metres above city datum, at the tide gauge on **Fish Quay**,
unless we say otherwise. Four of them matter:

- **2.10** – an ordinary spring tide. You walk the dog past it.
- **3.10** – the alarm level. The openings in the harbour wall must be closed.
- **3.60** – the height of the quay. Above this, water stands in the street on the sea side of the wall.
- **3.94** – the record, set in 1968.

The wall behind the quay is 4.20 metres high. The Polder Dyke, west of the city, is 4.60.

@ 05:58 publish ferry by marit
dateline: Ferry terminal

The Tern Island ferry has given up its timetable for today and will go back and forth as fast as it can be
unloaded; and then not at all. The last crossing from the island is at {13:00}. After that, the company says, the swell at the west pier will be
too high to lower the ramp.

Foot passengers travel free today. Vehicles are taken only if they carry someone who cannot walk.

@ 06:12 publish first-light by marit
headline: “You can hear it before you see it”
dateline: Fish Quay
byline: Tomas Reker

:: picture harbour-morning
alt: A harbour front of tall narrow houses and two fishing boats under a heavy violet and orange sky, the water almost level with the quay.
caption: Fish Quay before the morning tide. The water is already where it stands at the top of an ordinary one.
credit: Illustration: Ida Solberg / The Harbour Ledger

It is still two hours to the morning tide, the smaller of today’s two, and the fourth step of the
fishermen’s stair is under water. On an ordinary day at this hour you can count eleven.

Nobody is selling fish. The auction moved its ice and its scales to the upper floor last night. Two boats
have doubled their lines and put out every fender they own; the rest went up the river to the basin
behind the barrier yesterday evening.

“You can hear it before you see it,” says Lies Haring, who has opened the quay’s coffee stall every
morning for nineteen years and has opened it today. “The halyards change their note.” She is going to
close at {09:00} and take the urn home with her.

@ 06:26 publish barrier-decision by marit
headline: Barrier to close for the first time in six years
dateline: Hael Barrier
key event: yes

The six gates of the Hael Barrier will be lowered this afternoon, the Hael Water Authority has decided.
Its rules demand a closure when the forecast for the sea side passes 3.00 metres. The last one was six
years ago.

The gates go down one at a time, starting at low water, when the current between the piers is weakest.
All six should be on the sill before {17:00}.

> We have closed these gates 41 times for practice and four times because we had to. The sea does not
> know the difference, and the crew should not notice it either.
> — Sietske Manders, operations chief at the Hael Barrier

What the barrier protects is everything upstream of it: Oldbridge, Ropewalk, Saltmarket. What it does not
protect is everything on the sea side: Fish Quay, the outer harbour and Tern Island. New Polder lies
behind a dyke of its own.

@ 06:41 publish tern-leave by marit
headline: Tern Island told to leave by {13:00}
key event: yes

All 638 residents of Tern Island have been told to leave on the ferry before the last crossing at {13:00}.
The order comes from the mayor, Katrijn Oosterlo, and applies to everyone on the island, including the
crew of the bird station.

It is an order in law, but nobody will be carried to the boat. A spokesman for the mayor said people who
stay should know “exactly what staying means: from early afternoon until some time tomorrow, nobody can
come and get you”.

Buses meet each ferry at the terminal. Dogs, cats and, after a question from one resident, two goats are
welcome on board.

@ 06:55 publish wallkeepers by marit
dateline: Fish Quay
byline: Tomas Reker

There are 23 openings in the harbour wall: for streets, for railway tracks that have not carried a train
since the seventies, and one, at the Mermaid, because the landlord in 1931 had a friend on the council.
Each has to be closed by hand with oak beams that are kept in numbered racks beside it.

The wallkeepers who do it are volunteers. 58 have reported this morning at the pump house on Net Street.
They began with number 23, because it is the lowest.

@ 07:10 publish schools by marit

All schools in Kesterhaven will close at {12:00} today. Those in New Polder and Saltmarket do not open at
all, and neither does the nursery on Tern Island. The university has called off teaching but will keep its
library open as a warm room, with soup from {11:00}.

Parents who work for the emergency services, the hospitals or the Water Authority can leave children at
the Cathedral School for as long as they need to.

@ 07:24 publish why by marit
headline: Why this one is different
byline: Marit Oldenkamp; Joris Tamboer

A storm surge is not a wave. It is a slow, broad heap of water, pushed along by wind and lifted by low
air pressure, which arrives on top of whatever the tide was going to do anyway. Most surges here do little
harm because they arrive when the tide is out. Three things make today unlike most.

### The timing

The moon was new two days ago, so tonight’s tide is a spring tide: even in still air it would reach 2.10
metres. Ragna’s strongest wind is forecast for the hours around it.

### The direction

The estuary opens to the north-west like a funnel. Wind from the west heaps water on the coast to the
south of us. Wind from the north-west drives it in at the mouth, where it has nowhere to go but up. At
{05:00} the wind at Tern Light was west. It is forecast to turn north-west at about {15:00} and to stay
there until after the top of the tide.

### The length

Ruben Aalders, the duty forecaster at the Tide and Surge Service, says this is the one that worries him.

> A short, violent storm gives you one bad tide. This one is going to lean on the water for fourteen
> hours. The morning tide will not run out properly. So the evening tide starts from a higher step.
> — Ruben Aalders, Tide and Surge Service

### What nobody can know yet

The forecast of 3.55 metres has a margin of 25 centimetres either way. At the lower end the quay stays
dry. At the upper end the water comes within 14 centimetres of the record. An hour’s difference between
the peak of the wind and the peak of the tide is enough to decide which. The next full forecast is due
around {12:00}, and Aalders says he will believe that one more than this one.

:: card https://tides.example/hael
title: The Hael estuary: levels now, and the forecast for the next 48 hours
description: Readings from five gauges every ten minutes, with the forecast and its margin.
site: Tide and Surge Service

@ 07:40 publish shelters by marit
headline: Where to go, what to take, whom to call

Three shelters open at {09:00}. You do not need to register, and nobody will ask for papers.

- **Cathedral Hall**, Chapter Square: 700 places
- **North Sports Hall**, Mill Road: 900 places; dogs and cats welcome
- **Concert House**, Oldbridge: 400 places for people who need care or a bed they can be lifted into

Bring medicines for three days, a charger, warm clothes, glasses, and something a child sleeps with.
Leave the car if you can: the roads will be needed for buses.

Flood line, free, answered by people: **0800 555 0142**. If you are in danger, call 112. If you cannot
hear or speak, send a text message to the same numbers.

@ 07:42 pin shelters by hanneke

@ 07:58 publish trains by marit

Trains to the coast will stop running at {16:00}. Until then every train from Kesterhaven Central to the
east has been given extra coaches. The harbour tram is already off: its control cabinet stands on
Fish Quay, and it was lifted out with a crane at {06:30}.

@ 08:26 publish morning-high by marit
headline: Morning tide reaches 2.87 metres, 76 centimetres more than it should
key event: yes

The first of today’s two tides has passed its peak. Fish Quay measured **2.87 metres** at {08:22}. The tide
tables, which know about the moon and not about the wind, had promised 2.11.

The service had forecast 2.90 for this morning, so the water is doing what it was expected to. It reached
the second-highest step of the fishermen’s stair and, at the foot of Ropewalk, came up through the drains
and into the street for about twenty metres.

// ---- Everything above is on the page when the demonstration begins. ----

@ 08:47 publish ropewalk by marit
headline: Eleven thousand books, going upstairs
dateline: Ropewalk
byline: Tomas Reker

The water in the street at the bottom of Ropewalk is as deep as a saucer, and it is already draining. It
is the kind of flood this street has a few times a year and sweeps away with a broom.

Matthijs Quist is not sweeping. He is standing in the door of his second-hand bookshop with a list. A
chain of eighteen people runs from the shelves behind him up two flights of stairs, and books are moving
along it in armfuls: atlases first, because they stand lowest.

Some of the people are customers. Some are sixth-formers who were on their way to a school that had just
sent them home. One, a woman in a hotel uniform, was only waiting for the tram.

“There are about eleven thousand,” Quist says. “I have told them they can stop at poetry. Poetry is on
the top shelf.” Nobody has stopped at poetry.

@ 09:05 publish mayor by marit
headline: Mayor asks Saltmarket to clear its ground floors
dateline: City Hall
key event: yes

The mayor has asked the people of Saltmarket’s 4,100 households to be out of their cellars and off their
ground floors by {18:00}, and to take in anyone on their stair who has no upper floor to go to.

She was careful to say that she does not expect Saltmarket to flood. It is inside the barrier. But when
the gates are shut the river has nowhere to go, and it rises behind them until the sea falls again.
Saltmarket is where it would show first.

> I would rather be laughed at tomorrow for the number of carpets I made you carry upstairs. Please give
> me the chance to be laughed at.
> — Katrijn Oosterlo, mayor of Kesterhaven

People on the sea side of the harbour wall, about 150 households and 63 businesses, have been told to
leave altogether. Police are going from door to door there now.

@ 09:07 change by hanneke
headline: Kesterhaven clears its ground floors as the surge on the Hael builds

@ 09:22 publish council-link by marit

Several readers ask about the Saltmarket pumping station, which lifts river water over the barrier into
the outer harbour while the gates are shut. It has three pumps. The second has been out of order since
the spring. Two nights ago the city council voted, at seven minutes past two in the morning, to repair it.

The work has not begun. The Water Authority says two pumps are enough for the river as it is today, which
is low for the time of year, and that it has hired no mobile pumps “so far”.

:: card live:council-budget
title: Kesterhaven’s all-night budget, as it happened
description: Ten hours, 61 amendments, one pump: how the vote went.
site: The Harbour Ledger

@ 09:38 publish care-home by marit
headline: Eighty-six people and a budgerigar
dateline: Wharf House, Saltmarket

Wharf House is the only care home on low ground, and it is the first building to be emptied. Its 86
residents are moving to the Concert House in Oldbridge, 1.2 kilometres away and eleven metres higher.

It has been rehearsed. Each resident has a card with a photograph, the name of the person who travels with
them, and a line on what helps: *sing*; *window seat*; *talk about horses*. Nine are making the journey in
their beds.

> We do not say evacuation. We say we are going to the concert house, and we are. The orchestra has
> cancelled, so some of the players are coming anyway, to play for us.
> — Comfort Asante, manager of Wharf House

The last of them is expected to be in place by {12:30}. The budgerigar, which belongs to a Mr Dekker on
the second floor and is called Admiral, went in the first bus.

@ 09:55 publish ship-anchor by marit
headline: Bulk carrier drags its anchor off the barrier
dateline: Harbour control
key event: yes
claim: engine | unverified | a listener on that channel

A bulk carrier, the 180-metre *Solveig Marten*, is dragging its anchor in the roads outside the estuary
and is drifting slowly south-east, towards the approach to the barrier. It is in ballast, with 21 people
on board and no cargo.

The harbour master, Emre Sayan, says the ship is 2.3 nautical miles from the barrier and moving at less
than a knot. Two tugs left the outer harbour at {09:46}.

On the working channel the ship was heard to say that [its main engine will not start](claim:engine). We
are asking the harbour master and the owners.

@ 10:08 claim engine by marit
state: confirmed

@ 10:14 publish ship-tugs by marit
dateline: Harbour control

The tug *Volharding* has reached the *Solveig Marten* and is trying to get a line aboard. The harbour
master now confirms what a listener heard on the radio: the carrier’s main engine cannot be started. A
cooling-water pump failed in the night.

Wind at the pilot station is a mean of 41 knots, gusting 56. The seas are four to five metres.

@ 10:30 publish summary-1 by hanneke
headline: Where things stand at {10:30}
byline: Marit Oldenkamp
summary: yes

- A surge of [3.55 metres](post:alarm) is forecast for {20:36} this evening, 39 centimetres below the record of 1968. A new forecast is due around {12:00}.
- The [Hael Barrier will close](post:barrier-decision) this afternoon for the first time in six years.
- [Tern Island](post:tern-leave) has been told to leave on the ferry by {13:00}. Everybody on the sea side of the harbour wall must go too.
- [Saltmarket](post:mayor) has been asked to clear its ground floors. The care home there [is already moving](post:care-home).
- The [morning tide](post:morning-high) reached 2.87 metres and did little harm.
- A [bulk carrier without an engine](post:ship-anchor) is drifting off the barrier; [a tug is with it](post:ship-tugs).
- Shelters, numbers to call and what to bring are [in our pinned post](post:shelters).

@ 10:52 publish question-upstairs by marit
headline: Your questions: may I just stay upstairs?

*A reader in Saltmarket, who lives on the third floor with her father, asks whether they have to leave.*

No. The mayor’s request is about cellars and ground floors. From the first floor up you are far above
anything that could happen inside the barrier. Three things to think of before {18:00}:

1. Power may be switched off if water gets near a substation. If your father uses equipment that needs it, the Concert House has a generator and a nurse. Ring the flood line and somebody will fetch you both.
2. The lift will be stopped at the first floor. Decide now whether you want to be above or below it.
3. Fill the bath. The mains are not expected to fail, but it costs nothing.

And knock on the door below yours.

@ 11:08 publish hospital by marit
claim: hospital | unverified | an anonymous message

A message that is going round on telephones says that [St Anna’s hospital is being emptied and turns
ambulances away](claim:hospital). It carries the city’s crest and no name; eleven readers have
forwarded it to us.

We have asked the hospital and are on our way there. St Anna’s stands on Cathedral Hill, nineteen metres
above datum. Please do not pass the message on until we can tell you what is behind it.

@ 11:21 publish ship-held by marit
headline: Drifting ship held fast by two tugs
dateline: Harbour control
key event: yes

The *Solveig Marten* is no longer drifting. The *Volharding* has a line at the bow, a second tug is at the
stern, and together they are holding the carrier’s head to the wind 1.6 nautical miles from the barrier.

They cannot bring it in: no ship enters once the first gate is down, and the harbour master does not want
180 metres of steel in the approach before that. So they will hold it there, all night if need be.

“It is like walking a very large dog,” the captain of the *Volharding*, Piet-Hein Roos, said over the
radio. “You don’t win. You just don’t lose.”

@ 11:31 claim hospital by marit
state: false

@ 11:33 publish hospital-denied by marit
dateline: St Anna’s hospital

No patient has been moved from St Anna’s, and no ambulance has been turned away. We have it from the duty
medical director, and our reporter has just watched two ambulances unload.

The city says the message with its crest was not sent by it. We have marked the claim in
[our earlier post](post:hospital) as false and leave the post standing, so that anyone who was sent the
message can find out what it was.

@ 11:46 publish sandbags by marit
headline: Sixty thousand bags, and a rule about talking
dateline: Ropewalk yard
byline: Tomas Reker

:: picture sandbags
alt: Silhouettes of some fourteen people in a line passing sandbags to one another along a low wall, against a pale yellow sky over roofs and cranes.
caption: The line in Ropewalk yard, which filled some 9,000 bags before noon.
credit: Illustration: Ida Solberg / The Harbour Ledger

The city had 42,000 sandbags in store this morning. It wants 60,000 by dark. The sand comes from the
building site of the new swimming pool, which is going to be late.

Anyone who turns up is put into a line by height, so that nobody has to lift a bag up or reach down for
one. There is a rule: whoever is holding a bag does not talk, whoever is not, may. It makes for a
conversation with a beat in it.

I stood between a retired notary and an apprentice roofer. In forty minutes I heard, one bag at a time,
the whole of how the notary had met his wife.

@ 11:58 publish skipper by marit
headline: The skipper’s morning
dateline: On board the Tern Island ferry

Wout Deelstra has taken the ferry across to Tern Island and back since {05:20}, five times so far, and
has had the same conversation at the top of the ramp five times.

“They come down with a suitcase and they look at me, and they say: would you go, Wout? And I say: I am
going. I am going back and forth until somebody stops me.”

The crossing takes 22 minutes in calm water. It took 37 on the trip we made with him. The ferry
leaves the shelter of the pier with its bow held almost at a right angle to where it wants to go. In the
saloon people sat with bags on their knees. A boy of about six had a hen in a cat carrier. An old man had
brought nothing but a barometer, unscrewed from the wall, with four pale screw-holes’ worth of wallpaper
still sticking to its back. He held it face up, as one holds a cake.

Deelstra keeps a tally in pencil on the chart table: 288 people so far, of 638. He thinks 150 will stay
whatever anyone says. He went to school with most of them.

“I don’t argue,” he says. “I tell them what time the last boat is. Then I tell them again, and I say it
slower.”

He has one more crossing to make. He was on the last boat in the storm of six years ago too, and for that
one he was late. “I won’t be late,” he says, to nobody, and opens the throttle.

@ 12:10 publish forecast-380 by marit
headline: Forecast raised to 3.80 metres

The midday forecast is out, and it is higher: **3.80 metres** at Fish Quay this evening, give or take 20
centimetres. That would put 20 centimetres of water on the quay.

Ruben Aalders says the wind is turning north-west earlier than any of the morning’s models had it. “The
margin is narrower than it was,” he told us. “Unfortunately it got narrower around a bigger number.”

@ 12:30 start-shift by joris

@ 12:31 publish handover-1 by joris

Joris Tamboer here, taking over from Marit Oldenkamp, who has been at this desk since before it got light, and
has been told to go home, and has gone as far as the canteen.

What I inherit: a forecast that is going up, a ship on a lead, a barrier that starts to close at low
water and a ferry with one crossing to go. If you are in the middle of something you think we should know
of, write to live@harbourledger.example. If you are in danger, call 112 first and us never.

@ 12:33 end-shift by marit

@ 12:48 publish army by joris
dateline: Polder Dyke

A hundred and twenty army engineers have arrived at the Polder Dyke with boats, lamps and four kilometres
of plastic sheet. They will walk its eleven kilometres in pairs all night, 200 metres apart, looking for
one thing: water on the wrong side, clear or cloudy. Clear water is a nuisance. Cloudy water is carrying
the dyke away with it.

@ 13:06 publish last-ferry by joris
headline: Last ferry leaves Tern Island; 187 people stay
dateline: Ferry terminal
key event: yes

The last ferry left Tern Island at {13:02} with 163 people on board and will tie up in the inner basin
tonight. By Wout Deelstra’s count, **451 of 638** residents have come ashore. The other 187 have chosen to
stay.

Most of them are in the school and the chapel, which stand together on the island’s one hill, 5.8 metres
above datum. They have a generator, a doctor, food for a week and a satellite telephone.

The doctor, who works on the mainland and was on the island by chance, could have taken the boat. She
asked us not to print her name “until there is something to print”.

@ 13:20 publish keeper by joris
headline: “I have the highest floor on the island”
dateline: By telephone to Tern Island

Jelle Zwart is 75 and was the last keeper of Tern Light. The lamp has run by itself since 1994, and he has
gone up its 143 steps every evening since, because, he says, a thing that runs by itself still likes to
be looked at.

He is in the lantern room now, and does not plan to come down before tomorrow.

> They told me it was an order. I said: I have the highest floor on the island, the thickest walls, a bed,
> a stove and a view. If you find me a safer place than this one, I will go to it.
> — Jelle Zwart, former keeper of Tern Light

He was sixteen in 1968. He will talk about it if asked, briefly: the noise, and then that the noise
stopped, because the water had covered what was making it. Two of the 31 dead were boys from his class.

What he can see, he says, is white from the pier to the horizon, and a ship with a tug at each end of it,
which is not getting any nearer.

We have agreed to ring him every two hours. He has asked us not to ring during the shipping forecast.

@ 13:41 publish shift-wind by joris
dateline: Tern Light

The wind has turned. The anemometer at Tern Light read west until {13:10} and has read north-west, 315
degrees, since {13:30}: an hour and a half earlier than this morning’s forecast. The mean is 48 knots, the
strongest gust so far 67.

The second of the three things [we listed this morning](post:why) has arrived ahead of time.

@ 14:05 publish forecast-405 by joris
headline: Forecast raised again, to 4.05 metres: above the record of 1968
key event: yes

The Tide and Surge Service now expects **4.05 metres** at Fish Quay, give or take 15 centimetres. It is an
extra bulletin, outside the timetable; the service has issued three of those in its history.

That is 11 centimetres above the highest water ever measured here and 15 below the top of the harbour
wall. Waves come on top of it, but there is little room for waves behind the moles of the outer harbour.

The Polder Dyke is another matter. It faces the open estuary, and although it stands 55 centimetres above
the forecast, waves there will reach its crest. The mayor will speak at {14:15}.

@ 14:08 change by hanneke
headline: Surge forecast raised above the record of 1968 as Kesterhaven prepares to shut its barrier

@ 14:18 publish new-polder-leave by joris
headline: 6,800 people in New Polder told to leave by {19:00}
dateline: City Hall
key event: yes

Everybody in New Polder who lives between the dyke and the railway has been told to leave by {19:00}. That
is about 6,800 of the district’s 11,200 people. It applies to:

- Dyke Row, Plover Street, Curlew Street and all streets between them
- the Lapwing estate, including the tower blocks
- the gardens and caravans at Post 14

People east of the railway can stay, and are asked to make room.

> Nothing has happened to the dyke, and I do not expect anything to. I am asking you to go because if I am
> wrong it will be dark, and there will be an hour. Go now, and there are five.
> — Katrijn Oosterlo, mayor of Kesterhaven

Forty-four buses leave every few minutes from the three tram stops on Polder Avenue. Nobody needs to be
anywhere at a certain time: whoever comes, gets on.

@ 14:31 amend shelters by hanneke
headline: Where to go, what to take, whom to call

Four shelters are open. You do not need to register, and nobody will ask for papers.

- **Cathedral Hall**, Chapter Square: 700 places
- **North Sports Hall**, Mill Road: 900 places; dogs and cats welcome
- **Railway Works**, Canteen 2, behind Central Station: 1,500 places, **new**, meant for New Polder; buses go straight there
- **Concert House**, Oldbridge: 400 places for people who need care or a bed they can be lifted into

Bring medicines for three days, a charger, warm clothes, glasses, and something a child sleeps with.
Leave the car if you can: the roads will be needed for buses.

Offering a bed? Ring the flood line and press 2. By {14:30} more than 600 households had.

Flood line, free, answered by people: **0800 555 0142**. If you are in danger, call 112. If you cannot
hear or speak, send a text message to the same numbers.

@ 14:33 publish map by joris
headline: Who is inside, and who is outside

:: picture district-map
alt: A map of Kesterhaven. The estuary opens to the north-west. The barrier crosses the river between the outer harbour and Ropewalk. Fish Quay and Tern Island lie on the sea side; Oldbridge, Ropewalk and Saltmarket lie behind the barrier; New Polder lies to the south-west, behind the Polder Dyke. Areas told to leave are shaded.
caption: The surge line runs along the harbour wall, the barrier and the Polder Dyke. Shaded: areas that have been told to leave.
credit: Map: The Harbour Ledger

Our map of the day, in one sentence: the **barrier** looks after Oldbridge, Ropewalk and Saltmarket, the
**dyke** looks after New Polder, the **wall** looks after the streets behind Fish Quay, and nothing but
distance and stubbornness looks after Tern Island.

@ 14:46 publish gauges by joris
headline: Low water that is not low

The tide has turned for the second time today, and it hardly went out. At the lowest point, {14:36}, Fish
Quay stood at **1.42 metres**. The tables have 0.31. So the evening tide begins from a metre higher than
it should, as [the forecaster said it would](post:why).

| Gauge | Ordinary spring tide | This morning’s high | At {14:36} | Forecast tonight |
|---|---|---|---|---|
| Tern Island, west pier | 2.05 | 2.94 | 1.46 | 4.15 |
| Fish Quay | 2.10 | 2.87 | 1.42 | 4.05 |
| Barrier, sea side | 2.12 | 2.90 | 1.44 | 4.10 |
| Oldbridge (river) | 2.00 | 2.74 | 1.38 | 1.95 with the gates shut |

All in metres above city datum. The number to watch tonight in the last line is **2.20**: above that,
the river comes over the kerb in Saltmarket.

@ 14:58 publish summary-2 by hanneke
headline: Where things stand at {15:00}
byline: Joris Tamboer
summary: yes

- Tonight’s surge is now forecast at [4.05 metres](post:forecast-405), above the record of 1968. Early this morning it was [3.55](post:alarm), later [3.80](post:forecast-380).
- [6,800 people in New Polder](post:new-polder-leave) have been told to leave by {19:00}. A [fourth shelter](post:shelters) is open for them.
- The [last ferry](post:last-ferry) has left Tern Island. 451 people came, 187 stayed.
- The *Solveig Marten* is [held by two tugs](post:ship-held) outside the barrier.
- The first gate of the barrier goes down in a few minutes. Low water was [more than a metre higher than usual](post:gauges).
- A message about [St Anna’s hospital](post:hospital-denied) was false.

@ 15:12 publish gates-begin by joris
headline: The barrier begins to close
dateline: Hael Barrier
byline: Joris Tamboer; Tomas Reker
key event: yes

:: picture flood-gate
alt: Two huge steel lifting gates between concrete piers, one already down in dark water, the other halfway, with small figures in orange on the bridge above under a grey-green sky.
caption: Gate one is on the sill; gate six is on its way. Each weighs 490 tonnes.
credit: Illustration: Ida Solberg / The Harbour Ledger

Gate one touched the sill at {15:10}, eleven minutes after the order was given. There is no siren. A bell
on the pier rings twice, somebody in an orange jacket holds up a flat hand, and 490 tonnes of steel stop
moving.

The order is one, six, two, five, three, four: from the banks towards the middle, so that the current
is squeezed into the deepest channel last. Every closed gate makes it run harder through those still
open.

About sixty people have come to watch from the north bank, most of them in silence. They have been asked
to go home after gate two, and it looks as though they will.

@ 15:34 publish polder-bus by joris
headline: Stop 2, Polder Avenue
dateline: New Polder
byline: Nour Sabbagh

A bus takes four minutes to fill. Nobody pushes. A man gets on with a rolled carpet over his shoulder, is
asked by the driver whether the carpet needs a ticket, and laughs until he has to sit down.

Samira Louati, who is head of the Lapwing school and lives on the estate, is standing at the stop with the
class lists of all eleven forms. She is ticking off her pupils as they leave: 214 of 267.

“In an emergency, children go where their parents go, so strictly this isn’t my job,” she says. “But I
know whose father works nights, and whose mother doesn’t read the letters.” She has already sent two sixth-formers
back to ring one particular bell.

@ 15:57 publish video by joris
claim: video | unverified | its anonymous caption

A video that has been watched more than 200,000 times in half an hour shows water pouring over the top of a
steel gate. The caption says it is [gate four of the Hael Barrier, a few minutes ago](claim:video).

Our reporter is standing 80 metres from gate four, which is still open and hangs clear of the water. So the
caption is wrong about something. We do not know yet what the pictures show.

@ 16:09 publish gate-four by joris
headline: Gate four stops short
dateline: Hael Barrier
key event: yes

Five of the six gates are down. The last, gate four in the deep channel, has stopped about 40 centimetres
above the sill.

It came down normally until {16:04}. Then the bell rang once instead of twice, and rang once again. The
crew has raised it by a metre and lowered it, and it has stopped in the same place.

The sea outside stands at 1.98 metres and is rising by roughly a centimetre a minute. Some water is
passing under the gate. The Water Authority says that at this level “it is a leak, not a hole”.

@ 16:20 publish wall-shut by joris
headline: All 23 openings in the wall are closed
dateline: Fish Quay
byline: Tomas Reker

The last beam went into opening 7, on Net Street, at {16:17}. Eight hundred and twelve of them have been
lifted, by hand, since before breakfast.

The captain of the wallkeepers is Rie Blok, 67, who used to be a welder in the yard. She walked the length
of the wall with a torch and a builder’s mallet, and hit each opening once, low down on the left.

> If it sounds like a door, it’s wrong. If it sounds like a table, it’s right. They’re all tables.
> — Rie Blok, captain of the wallkeepers

Anyone who is still on the sea side now has to come out by the ladder at the Mermaid. Police say nobody
is.

@ 16:31 claim video by joris
state: false

@ 16:33 publish video-false by joris

[That video](post:video) is real, but it is not ours. It was filmed eight years ago at a lock in another
country, during a test in which water was let over the gate on purpose. The engineer who filmed it got in
touch with us from his kitchen: he recognised his own cough.

Barrier staff tell us that forty people rang the control room about it while the crew were busy with
gate four. Please ring the flood line instead.

@ 16:52 publish gate-four-crew by joris
headline: What is under gate four
dateline: Hael Barrier

It is a tree. A sonar picture taken from the pier shows a trunk about seven metres long, lying across the
sill at an angle, one end wedged in the slot of the gate.

Two ways of getting rid of it have been discussed, says Sietske Manders. One is to send divers, and she
will not, with the current as it is. The other is to lift the gate by three metres, let the flow under it
do the work, and close at once behind it. That means opening a door to the sea for a few minutes, on
purpose, while the sea is rising.

“If we do it, we do it once,” Manders said. The control room has asked for ten minutes without
questions, and we are giving it to them.

@ 17:21 publish barrier-shut by joris
headline: The barrier is shut
dateline: Hael Barrier
key event: yes

**Gate four is on the sill.** The bell rang twice at {17:18}.

They opened it. For three minutes and forty seconds the deep channel stood open and the sea went in under
the gate in a long brown slide. Then the sonar showed a clean sill, and the gate came down on it at full
speed, which it has never done outside a drawing.

It cost the river 14 centimetres: Oldbridge reads 1.52 metres. There are 68 to go before Saltmarket
floods.

> I would like it noted that nobody shouted.
> — Sietske Manders, operations chief at the Hael Barrier

The tree came out on the river side. It is an oak, with a rope still round it. Somebody, somewhere
upstream, had once hung a swing on it.

@ 17:23 change by hanneke
headline: Hael Barrier shut after a tree is freed from its last gate; record surge still forecast

@ 17:40 publish seepage by joris
dateline: New Polder
byline: Nour Sabbagh
claim: seepage | unverified | the driver

A lorry driver who had gone back to Plover Street for his tools rang us to say that [water is welling up in a garden
behind the dyke, near Post 14, and that it is cloudy](claim:seepage).

We have passed the address to the Water Authority, which says a patrol is four minutes away. We have not
seen it ourselves, and puddles are easy to find tonight. We will tell you what the patrol finds. Almost
everyone on Plover Street has left.

@ 17:54 publish chart by joris
headline: The day as a line

:: picture gauge-curve
alt: A chart of the water level at Fish Quay. The observed line rises to 2.87 metres in the morning, falls only to 1.42 in the afternoon instead of 0.31, and climbs steeply towards evening; a shaded band shows the forecast peak of 4.05 metres, above the dashed lines for the quay at 3.60 and the record of 3.94.
caption: Water level at Fish Quay. The thin line is the tide without wind; the band is the forecast with its margin.
credit: Chart: The Harbour Ledger. Source: Tide and Surge Service

Here is what five people in this office have spent the day drawing on the backs of envelopes. The
distance between the thin line and the thick one is Ragna. It has been growing since noon.

@ 18:07 claim seepage by joris
state: confirmed

@ 18:09 publish seepage-found by joris
headline: Cloudy water behind the Polder Dyke; soldiers build a ring around it
dateline: Post 14, New Polder
byline: Nour Sabbagh
key event: yes

The lorry driver was right. In a vegetable garden twelve metres behind the dyke, water is rising through
the soil in a spot as wide as a dinner plate, and it is the colour of milky tea.

You do not stop up such a spring: it would come out somewhere else. You build a wall of sandbags around
it and let the water rise inside, until its own weight presses back. A hundred and ten people are doing
that now, by the light of two lorries.

> It is a well-understood thing, and we have people here who understand it. I will not tell you it is
> nothing. I will tell you it was found early, by a man who went back for his tools and did not mind
> sounding foolish.
> — Aleid Vermaat, dyke reeve of the Hael Water Authority

The ring is knee-high. It needs to be waist-high by {20:00}.

@ 18:30 publish saltmarket-quiet by joris
headline: A district on its first floor
dateline: Saltmarket
byline: Tomas Reker

Walk down Saltmarket now and look up. All of it is still here; it has only moved one storey.

Behind the first-floor windows of Tanner’s Row there are bicycles. There is a barber’s chair, with a man
in it being shaved. At number 30 somebody has carried up a whole hardware shop, and paint tins stand in
the window in the order of the rainbow. Across the street two women who have been neighbours for twenty
years are holding a conversation from sill to sill, because their doors are sandbagged shut.

The street itself is dry, swept and quite empty. At the lowest point in the city, outside the fish-hook
factory, there is a brass line in the wall at the height of my chest, for 1968. Below it somebody has
chalked a new one, at the height of my ankle, with the word “maximum”.

You can hear the pumping station from everywhere. People here say you stop noticing it after a year or
two. Tonight they all notice it. It hums one note, a little flat of G, and nobody wants to hear another.

@ 18:46 publish power by joris
headline: Power cut in Ropewalk and western Saltmarket
key event: yes
claim: homes | disputed | Hael Net

The electricity went off at {18:38} in Ropewalk and the western half of Saltmarket. The grid company,
Hael Net, switched off the Ropewalk substation itself when its cable cellar took in water. It says that
[9,400 homes](claim:homes) are without power; the city’s control room speaks of 14,000. We are trying to
find out which it is.

The pumping station has its own supply and is running. So has the hospital. If you use equipment at home
that needs power, ring 0800 555 0142 now.

@ 19:03 publish polder-empty by joris
dateline: New Polder

The deadline for New Polder has passed. The police have checked 2,640 of the 2,710 front doors between the
dyke and the railway and found 31 people at home. Twenty-three of those are on their way out.

The last bus left Stop 2 at {18:57} with one passenger on it: Samira Louati, the head of the Lapwing
school, with eleven completed lists.

@ 19:10 publish summary-3 by hanneke
headline: Where things stand at {19:10}
byline: Joris Tamboer
summary: yes

- The [barrier is shut](post:barrier-shut), after a [tree under gate four](post:gate-four-crew) had held it open for more than an hour.
- All [23 openings](post:wall-shut) in the harbour wall are closed, and New Polder is [all but empty](post:polder-empty) as far as the railway.
- Behind the Polder Dyke, [a spring of cloudy water](post:seepage-found) is being ringed with sandbags.
- [Power is off](post:power) in Ropewalk and western Saltmarket. How many homes are affected is disputed.
- Fish Quay stands at 3.38 metres. The forecast is still [4.05](post:forecast-405), at {20:36}.
- Inside the barrier the river at Oldbridge stands at 1.74 metres. Saltmarket floods at [2.20](post:gauges).

@ 19:21 claim homes by joris
state: confirmed

@ 19:28 publish cathedral-hall by joris
headline: Cathedral Hall, seven hundred and twelve
dateline: Chapter Square
byline: Marit Oldenkamp

Cathedral Hall has 700 places and 712 people, and the warden has stopped counting, in case someone asks
her to do something about it.

Nobody tells you that a shelter is mostly a matter of sockets. There are 44, and a boy called Idris, who
is ten, has appointed himself their keeper. He has a list. Medical equipment first, then babies’ bottles,
then telephones under ten per cent, “then the rest of you”. He is obeyed.

The noise is low and even, like a station. Someone has brought in the choir’s robes and they are being
used as blankets, so that the far corner, where the smallest children sleep, is a heap of scarlet. Three
old men from the island are playing cards on the barometer, which lies across two chairs and makes a good
table. Now and then one of them lifts the cards, looks at the glass underneath, and puts them back without
a word.

A woman who came in on the last bus from Curlew Street asked me if the dyke was still there. I showed her
this page. She read it from the top to the bottom, all of it, standing up, and handed me the telephone.

“Right,” she said. “So it’s just waiting, then.” She took off her coat.

@ 19:44 publish over-quay by joris
headline: The water is over Fish Quay
dateline: Fish Quay
byline: Tomas Reker
key event: yes

At {19:41} the gauge passed 3.60 metres and the sea came over the edge of the quay: not as a wave, just as
a shine that moved across the cobbles and did not stop. It took two minutes to reach the wall.

There is nobody on the sea side. On this side 30 wallkeepers are sitting on upturned crates with their
backs against the beams. Rie Blok says it is the best way of finding a leak. “You’ll be the first to know.”

@ 19:47 change by hanneke
headline: The sea is over Fish Quay: Kesterhaven’s wall, dyke and barrier hold as the tide nears its top

@ 19:57 publish handover-2 by nour

This is Nour Sabbagh. I have come in from New Polder and taken the chair from Joris Tamboer, whose shift
should have ended an hour ago and who would like it known that the tree was an oak.

The tables put the top of the tide at {20:36}. In the harbour it will probably come a little later: surges
like to be late. I shall be posting levels every few minutes, and otherwise only what we
know. If the page is quiet, the dyke is too.

@ 19:58 start-shift by nour

@ 20:00 end-shift by joris

@ 20:09 publish levels-1 by nour

**{20:05}:** Fish Quay 3.74. Tern Island 3.88. Barrier, sea side, 3.79. Oldbridge, inside, 1.85.

The wall holds. Of its 23 openings two are weeping: number 7, on Net Street, and number 12. Both are being
packed with clay and, in one case, a hotel eiderdown.

@ 20:19 publish angler by nour
dateline: Outer harbour

Rescuers are searching for Hendrik Postma, 58, of Net Street, who was last seen at about {19:15} near the
north mole with fishing gear. His van is parked at the barrier. Anyone who has seen him or heard from him
since is asked to ring 112.

@ 20:26 withdraw angler by hanneke
reason: This post named a man reported missing before all of his family had been told. We should not have published the name, and we have apologised to them. The search is described in a later post.

@ 20:28 publish search by nour
dateline: Outer harbour

A search is going on for a man who was last seen near the north mole an hour ago. The lifeboat cannot
leave the inner basin while the barrier is shut; a team on foot is working its way along the mole with a
rope. If you were on the mole this evening and are at home, please ring 112 and say so.

A few minutes ago we took down a post that gave a name. That was our mistake, and we have said so in its
place.

@ 20:33 publish seepage-ring by nour
dateline: Post 14, New Polder

The ring of sandbags is waist-high. The water inside stands within a hand’s breadth of its top, and in the
last ten minutes it has turned from milky to clear. A sergeant of the engineers held a glass of it up to a
headlamp so that we could look through it, and then, before anybody could stop him, drank some. “Salt,”
he said.

@ 20:44 publish pump by nour
headline: One of Saltmarket’s two working pumps fails
dateline: Saltmarket
key event: yes

Pump one at the Saltmarket pumping station stopped at {20:39} with an overheated bearing. Pump three is
running. Pump two is the one that has been [waiting for repair since the spring](post:council-link).

With one pump the river behind the barrier rises by about six centimetres an hour faster than it did. It
stands at 1.93. The Water Authority says there is “room, but not a lot of it”. The fire brigade’s pump
barge is being towed down from Oldbridge.

People in Saltmarket noticed before the Authority told anyone. The note had changed.

@ 20:49 publish tern-night by nour
headline: Tern Light, by radio
dateline: Tern Island

:: picture lighthouse-night
alt: A lighthouse at night on a small dark island, its beam lying across black waves and rain; a few windows are lit on the island’s one hill.
caption: Tern Light has run on its own generator since {18:20}.
credit: Illustration: Ida Solberg / The Harbour Ledger

The telephone to Tern Island has gone. Jelle Zwart has a radio, and on it he sounds like a man reading
from a list, which he is.

“West pier, gone from sight. Ferry ramp, gone. Shop, water to the sills. Chapel and school, lit, I can see
people in the window. The tower moves. It always moves, it’s made to, I’ve just not had a bed in it
before.”

He counted the seconds between two seas for us: eleven. Then he said he would stop now, because the
battery had better uses, and that the lamp was burning. We can see that it is. You can see it from the
office roof, once every ten seconds, and people are going up there to look.

@ 20:58 publish peak by nour
headline: Highest water ever measured in Kesterhaven: 4.03 metres
key event: yes

The record of 1968 is broken. The gauge at Fish Quay read **4.03 metres** at {20:52}, nine centimetres
more than on 9 January 1968, and the water has not risen since.

The harbour wall has 17 centimetres to spare. It is holding along its whole length.

@ 21:07 correct peak by nour
headline: Fish Quay peaks at 3.91 metres, three centimetres below the record
correction: An earlier version of this post said that the water at Fish Quay had reached 4.03 metres and broken the record of 1968. That was the reading of the gauge on the sea side of the barrier. Fish Quay reached 3.91 metres, and the record of 3.94 stands.

The gauge at Fish Quay read **3.91 metres** at {20:52}, three centimetres less than on 9 January 1968, and
the water has not risen since.

The harbour wall has 29 centimetres to spare. It is holding along its whole length.

@ 21:12 publish editors-note by hanneke
byline: Hanneke Roelvink

A word from the editor about [that number](post:peak). For some minutes this page said a record had been
broken, and it had not. Two gauges stand next to each other in the table we work from, and at the busiest
moment of the night we read the wrong line. A reader in Oldbridge saw it before we did. Thank you, and
sorry.

Feeds and notifications with the first figure have been replaced. If you have passed it on, please pass
this on too.

@ 21:18 publish turned by nour
headline: The tide has turned

**{21:15}:** Fish Quay 3.86. Tern Island 3.98. Barrier, sea side, 3.97. Every gauge on the sea side is
lower than it was ten minutes ago, for the first time since the afternoon.

Ruben Aalders, who has been on duty for nineteen hours, would not be drawn beyond one word. The word was
“good”. He added that wind can bring a second, smaller top after the first, and that he would go home when
he had seen it not happen.

@ 21:29 publish tractors by nour
headline: The tractors are coming
dateline: Saltmarket
byline: Tomas Reker

There is a noise on the Hael road that is not the wind, and then there are lights: tractors, in a line,
each towing a slurry tank with a pump on the back. I count nineteen.

Farmers from the polders upriver heard about the pump on the radio. Each of these machines, I am told by the
man in the first one, moves four to six thousand litres a minute, “and it doesn’t care what”. They are
being lined up along Tanner’s Row, with their hoses over the flood bank, under the first-floor windows.
Someone up there has begun to applaud.

It will smell in Saltmarket tomorrow. The first suction hose went into the river at {21:26}.

@ 21:40 publish inner by nour
headline: River at 2.08 metres and slowing

**{21:35}:** the river at Oldbridge stands at **2.08 metres**, 12 centimetres below the kerb in
Saltmarket. In the hour after the pump failed it rose by sixteen centimetres. In the last ten minutes it has
risen by one.

The fire brigade’s barge is pumping, and so are eleven of the nineteen tractors. Engineers have the casing
off pump one and are cooling the bearing with, they say, “a garden hose and language”.

@ 21:52 mark inner by hanneke
key event: yes

@ 21:57 publish angler-safe by nour
dateline: Outer harbour

The man who was missing near the north mole has been found, cold and unhurt. He had climbed into the
housing of the mole’s beacon when the water came over the path, and waited. The team with the rope reached
him at {21:44}.

His family has asked for no more than that to be said, and so no more will be.

@ 22:10 publish dyke-holds by nour
dateline: Post 14, New Polder

The dyke reeve, Aleid Vermaat, has walked from Post 9 to Post 17 and back along the crest. Waves reached
it in eleven places and took turf off the outer slope in two, the larger about as long as a bus. Nothing
has come through. The spring in the vegetable garden is clear and has stopped rising.

“I will say it when the water is below three metres,” she said, asked if the worst was over, “and then I
will say it once.”

@ 22:24 publish inner-peak by nour
headline: Saltmarket stays dry
dateline: Saltmarket
key event: yes

The river has stopped rising. It reached **2.13 metres** at {22:12} and has stood there since, seven
centimetres below the kerb. The chalk line that said “maximum” was not needed.

Pump one came back at {22:05}. The note is right again, and a little flat of G. Along Tanner’s Row the
windows are open, in the rain, and people are leaning out of them doing nothing whatever.

@ 22:27 change by hanneke
headline: Saltmarket stays dry and the tide has turned: Kesterhaven’s defences hold

@ 22:41 publish quay-damage by nour
headline: Sixty-three doors
dateline: Fish Quay
byline: Tomas Reker

Through the slot by the Mermaid you can see the sea side of the wall. The water stands at the door handles
of the smokehouse and is going down a hand’s breadth at a time, leaving a line of weed on the paint.

All 63 businesses on the quay have been flooded, most of them to between 30 and 80 centimetres. The
coffee stall has gone. Its shutter has been found, in opening 12, which it seems to have helped to plug.

I rang Lies Haring to tell her. “Well, I’ve got the urn,” she said.

@ 22:58 publish power-back by nour

Power is back in 5,800 of the [9,400 homes](post:power) that lost it. The remaining 3,600, all of them in
Ropewalk, will have to wait until Hael Net can pump out and dry the cable cellar, which it expects to do
tomorrow by midday.

@ 23:04 publish below-three by nour

**{23:00}:** Fish Quay 2.98.

“The worst is over,” says Aleid Vermaat. Once.

@ 23:18 publish readers by nour
headline: From readers

You have sent us more than 3,000 messages since this morning. Some we should like to keep:

- “My grandmother was seven in 1968. She is asleep on my sofa in her coat. She says the coat stays on until you close this page.” – *Oldbridge*
- “We put our name down for two guests and were sent five, and one is a hen.” – *Cathedral Hill*
- “To whoever carried number 9’s piano up to number 11’s landing: it is number 13’s piano.” – *Tanner’s Row*
- “I was born on Tern and live eleven time zones away. I have had the lighthouse camera open beside your page all day. When it went dark I had only you.” – *by e-mail*
- “Can the boy with the sockets be given some sort of job?” – *Cathedral Hall*

@ 23:40 publish analysis by nour
headline: What kept the city dry
byline: Nour Sabbagh; Joris Tamboer

It is early for lessons. But we asked Dagmar Iversen, who teaches hydrology at the university and spent
the evening in the Authority’s control room, what made the difference, and her list is worth having while
it is fresh.

### Twenty minutes

The wind began to drop at about {20:30}, a little before the top of the tide. “Had it held for
twenty minutes more, we would be talking about 4.05, and about the wall,” Iversen says. The forecast was not
wrong; the peak fell just inside its margin.

### A low river

The Hael brought about 90 cubic metres a second tonight. In a wet season it brings three times that. Behind
a closed barrier this is the whole difference between wet kerbs and wet kitchens.

### People where pumps should be

She is blunt about the pumping station.

> Two pumps of three is not a margin, it is a hope. Tonight the third pump was nineteen farmers. I am very
> glad of them, and I would not put them in a design.
> — Dagmar Iversen, University of Kesterhaven

The Authority answers that the repair was paid for only this week and that it will now be done before
any other work.

### A neighbour’s telephone call

Of everything that went right, she puts the lorry driver first. Patrols on the dyke pass any one spot every
twenty-five minutes. The spring at Post 14 had been found, reported and believed in nine.

@ 00:14+1 publish waiting by nour

**{00:10+1}:** sea 2.44, river 2.11. When the two are level the gates can open, and not before: a gate
lifted too early would let the sea in under it. Sietske Manders’s crew, asked if they would like to be
relieved, said they would rather see it up.

@ 00:52+1 publish gates-open by nour
headline: The first gate lifts
dateline: Hael Barrier
key event: yes

Gate four, the last to close, is the first to open. At {00:49+1} the bell rang twice and it came off the
sill, dripping weed, with sea and river level at 2.09 metres on either side of it. The river began to
move outwards almost at once. You could see it by the foam.

Nobody has died tonight, as far as anyone knows. Seven people have been treated for injuries, the worst of
them a broken wrist. Those two sentences have been checked with the city, the police, both hospitals and,
by radio, Tern Island.

@ 01:08+1 publish night by nour

We are going to pause here until it gets light. The barrier will be fully open by {02:30+1}; the ferry will
try for the island with the first of the ebb; the shelters stay open, and the flood line,
**0800 555 0142**, is answered all night.

If something happens, so shall we. Otherwise: sleep, if you can. Ruben Aalders went home at {00:30+1}. He had
seen it not happen.

@ 01:10+1 pause by hanneke

@ 07:14+1 open by hanneke

@ 07:16+1 publish dawn by nour
headline: The morning after
dateline: Fish Quay
byline: Nour Sabbagh; Tomas Reker

:: picture dawn-after
alt: The same harbour front at dawn under a clear blue and gold sky, calm shallow water on the quay reflecting the houses, one small figure with a broom.
caption: Fish Quay at first light. The tide is out, and properly.
credit: Illustration: Ida Solberg / The Harbour Ledger

There are eleven steps of the fishermen’s stair to be seen again, and on each of them there is a different
thing: weed, a crate, one oar, a great many plastic forks.

The sky has nothing in it. People are coming down Net Street with brooms over their shoulders, in ones and
twos, not talking much. The wallkeepers have begun to lift out the beams, in reverse order, each into its
numbered rack. At opening 23 somebody has hung a wet eiderdown over the wall to dry.

Lies Haring has set up two trestles and a plank where her stall used to be. The urn is on.

@ 07:31+1 publish tern-morning by nour
headline: First boat to Tern
dateline: On board the Tern Island ferry

Wout Deelstra took the first boat across at {06:50+1} with a doctor’s relief, bread for two hundred and a
crew to look at the ramp. All 187 people who stayed on the island are well. The shop is ruined, nine houses
have been flooded, and about a third of the west pier has gone.

Jelle Zwart met the boat. Somebody had told him that his barometer-carrying neighbour had spent the night
in Cathedral Hall, playing cards on it. “What did it say?” he asked.

Rising, we told him.

The doctor has agreed to have her name printed now. It is Ama Verhoef, and she delivered a girl in the
chapel vestry at {03:25+1}.

@ 07:45+1 publish summary-4 by hanneke
headline: Where things stand: the morning after
byline: Nour Sabbagh; Marit Oldenkamp
summary: yes

- Nobody is known to have died. Seven people were hurt, [none of them gravely](post:gates-open). The man [missing on the mole](post:angler-safe) was found.
- The water at Fish Quay reached [3.91 metres](post:peak), three centimetres below the record of 1968. An earlier report on this page of a new record was wrong, and has been corrected.
- The [barrier](post:barrier-shut), the [wall](post:wall-shut) and the [dyke](post:dyke-holds) held. [Saltmarket](post:inner-peak) stayed dry, by seven centimetres.
- [63 businesses](post:quay-damage) on Fish Quay and nine houses on [Tern Island](post:tern-morning) have been flooded.
- [3,600 homes](post:power-back) in Ropewalk are without power until about midday.
- People from New Polder can go home from {10:00+1}, street by street; the list is on the city’s page. The *Solveig Marten* was towed in at {05:40+1}.
- Schools are closed today. The council meets this evening about [the pump](post:council-link).

@ 07:46+1 unpin by hanneke

@ 08:02+1 publish closing by nour

We are closing this page now, a day and a night after we opened it. Everything on it stays where it is, with its
corrections, for anyone who wants to know what was known and when.

It was written by Marit Oldenkamp, Joris Tamboer and Nour Sabbagh, with Tomas Reker on the quays, and
edited by Hanneke Roelvink. More than 200 of you told us things we could not have known. One of you saw a
wrong number before we did, and one of you went back for your tools.

A grandmother in Oldbridge may take off her coat.

@ 08:04+1 end-shift by nour

@ 08:04+1 change by hanneke
headline: Kesterhaven stays dry by seven centimetres: the night of the surge
standfirst: The barrier, the wall and the dyke held; Fish Quay and Tern Island did not escape. A day and a night on the Hael. (A demonstration: the city, its people and this day are invented, and the day passed at {speed} times its own pace.)

@ 08:05+1 close by hanneke
