// The closed live blog of the demonstration: one night in the council chamber, two nights before the surge.
// How to read and write this file: demo/script.py.

slug: council-budget
headline: Kesterhaven’s all-night budget
standfirst: The city council has to find €38 million and has put down 61 amendments on how. We are in the chamber until it has voted. (A demonstration: the city and its council are invented.)
timezone: Europe/Amsterdam
language: en


@ 15:45 open by hanneke

@ 15:46 start-shift by joris

@ 15:48 publish welcome by joris
headline: Thirty-eight million, sixty-one amendments, one night
dateline: City Hall

Good afternoon from the press bench. At four o’clock the city council begins its debate on a budget of €1.14
billion, which is €38 million more than it expects to have. By law the budget must be passed before the
end of the month. By custom nobody goes home until it is.

There are 45 councillors. The coalition of City List (13) and Harbour Labour (11) has 24 seats, a majority
of two. The opposition is Green Estuary (9), Free Citizens (7) and Polder Voice (5).

I am Joris Tamboer. Nour Sabbagh will take over when my pen runs dry.

@ 16:06 publish gap by joris
headline: Alderman: “Every line in this book is somebody’s Tuesday”
key event: yes

The alderman for finance, Diederik Saal of City List, opened with an apology for the length of the book,
which has 412 pages, and for page 88, on which two columns have changed places.

The gap has three causes, he says: less money from the state (€17 million), higher interest (€12 million)
and home care (€9 million). He wants to close it like this:

| Measure | Saves or raises, € million |
|---|---|
| Posts at City Hall left unfilled | 14.2 |
| Reserves | 9.0 |
| Parking charges | 6.1 |
| Road and building repairs put off | 5.2 |
| Ferry to Tern Island, fewer crossings | 1.9 |
| Two library branches | 1.6 |

> Every line in this book is somebody’s Tuesday. I have tried not to choose people who have only the one.
> — Diederik Saal, alderman for finance

@ 16:27 publish gallery by joris
dateline: Public gallery

The gallery has 96 seats and they have all been taken, mostly by people shorter than the balustrade. The
pupils of the Lapwing school in New Polder have come about their library. They have brought books and are
reading them, in silence, which is harder to ask someone to stop than singing.

The mayor, Katrijn Oosterlo, who chairs the council, has asked the ushers to find them cushions.

@ 16:49 publish speaker-child by joris
headline: “I have read everything at home. It is eleven books”
key event: yes

Twelve members of the public have asked to speak, for three minutes each. The third was Maryam, who is
eleven and lives on the Lapwing estate.

> At home we have eleven books. I have read them. The nearest other library is forty minutes by bus, and
> in winter my mother says no because of the dark. You say people can borrow on a screen. There are five of
> us and one telephone.
> — Maryam, 11, to the council

She used two minutes and ten seconds. There was no applause, because the rules forbid it. The children
turned a page, all at once, and it was louder.

@ 17:11 publish speaker-skipper by joris

Wout Deelstra, skipper of the Tern Island ferry, spoke ninth. The proposal would take four of his twelve
daily crossings in winter.

“You can live with fewer boats,” he said. “You get up earlier. But the last boat back is the one that
means you can be ill, or in love, or play the trombone. Take any of them. Leave that one.”

Councillors of three parties were seen to write something down.

@ 17:34 publish repairs by joris
headline: What is in the repairs that are to wait

The least noticed line of the book may be the fourth: €5.2 million of repairs put off for a year. We have
been through the annex. It includes:

- new lamps for the whole of the east quay (€1.4 million)
- the second of three pumps at the Saltmarket pumping station (€1.9 million), out of order since the spring
- resurfacing of 11 kilometres of road (€1.2 million)
- the clock on Chapter Square, which has been right twice a day for three years (€0.1 million)
- 34 smaller works

What does not wait is the roof of City Hall, €1.4 million, which is to be done in the summer.

The pump runs only when the barrier is closed, which last happened six years ago. That is the argument
for waiting. It is also the argument of those who are against.

@ 17:58 publish general-debate by joris

First round over. Ottoline Ferwerda of Harbour Labour will support the budget “with a pencil in my hand”.
Farid Mensink of Green Estuary called it a budget that “turns down the heating and leaves the window open”.
Cornelis Ruyterkamp of Free Citizens would rather sell the city’s share in the airport than raise parking
charges by a cent. Yara Pinas of Polder Voice spoke for four minutes, about the pump.

@ 18:20 publish dinner by joris

A break until 19:00. Soup, two kinds. The parties are talking to each other on the back stairs, in pairs
which change.

@ 19:04 publish amendments-begin by joris
headline: The amendments begin

They are voted on in the order in which they were handed in. At a minute and a half each it would take until half past eight,
the clerk says. She has been clerk for 22 years and doesn’t expect that to happen.

@ 19:31 publish amendment-4 by joris

Amendments 1 to 4 are done. One passed: from now on the budget book will have an index. It was carried by
45 votes to none, and the alderman voted for it with both hands up.

@ 19:52 publish parking by joris
headline: Parking charges go up, but not at night
key event: yes

Amendment 7 has passed, by 25 to 20. The charge in the centre rises by 40 cents an hour, as planned, but
only until 19:00. Restaurants had asked for it; so had the orchestra.

It takes €0.8 million out of a plan that did not have it to spare. The alderman has started a list on the
back of page 88.

@ 20:18 publish voting-machine by joris
headline: The voting system counts 47 councillors

On amendment 9, which would keep the last ferry of the day, the screen showed 25 votes for and 22 against.
That is 47 votes. There are 45 councillors.

The mayor has declared the vote void. A technician has arrived with a laptop and an expression.

@ 20:41 publish ferry-vote by joris
headline: Last boat to Tern Island is saved, by roll call
key event: yes

They did it by hand. The clerk called 45 names and wrote each answer on paper, as it was done until 1998.
It took eleven minutes, and the chamber was quieter than it has been all night.

**26 for, 19 against.** The last crossing stays. Two Harbour Labour members who had voted against on the screen said
“for” when they had to say it aloud.

@ 21:03 publish summary-mid by hanneke
headline: Where things stand at 21:00
byline: Joris Tamboer
summary: yes

- The city is [€38 million short](post:gap). Nobody disputes the figure.
- Nineteen of 61 amendments have been voted on, five have passed.
- [Parking](post:parking) becomes dearer by day and not at night. The [last ferry to Tern Island](post:ferry-vote) stays.
- The [New Polder library](post:speaker-child) is amendment 33. The [Saltmarket pump](post:repairs) is amendment 17 and comes next: its turn was put back because its author had lost her voice.
- After [counting two councillors too many](post:voting-machine), the council votes by roll call for the rest of the night.

@ 21:30 start-shift by nour

@ 21:31 publish handover by nour

Nour Sabbagh here. Joris has gone to find something that is not soup. I have his notes, which are
excellent, and his chair, which is broken. The children have been taken home by bus. They left their
books on the balustrade, open, face down, to keep their places.

@ 21:33 end-shift by joris

@ 22:02 publish pump-debate by nour
headline: Forty minutes on a pump

Yara Pinas, with what is left of her voice, asks for €1.9 million to repair the second pump at Saltmarket
this year rather than next. She has a graph. With three pumps the river can rise for thirty hours behind
a closed barrier before it reaches the kerb; with two, at an average flow, for fourteen.

> I am not predicting a storm. I am saying that we own three pumps and are paying insurance on three pumps, and
> that one of them is an ornament.
> — Yara Pinas, Polder Voice

The alderman says that the barrier has been closed four times in earnest since it was built, never
for more than nine hours, and that there is no money. “I don’t say it is unwise. I say it is next year.”

@ 22:43 publish pump-lost by nour
headline: Pump repair rejected by one vote
key event: yes

Amendment 17 has failed, **22 to 23**. The opposition voted for it to the last member and was joined by one
councillor of Harbour Labour, Pieter Wal, who lives on Tanner’s Row in Saltmarket and said only: “I can
hear it from my bed.”

@ 23:09 publish pace by nour

Twenty-eight down, 33 to go. At the present pace the vote on the whole would come at ten past four. Three
councillors have asked for their coats, for warmth, they say.

@ 23:38 publish library-lost by nour
headline: Library: a tie, and a tie is a no
key event: yes

Amendment 33, to keep the New Polder library open, has ended **22 to 22**. Under the rules that is a
rejection. The 45th councillor, Sjoerd Blom of Green Estuary, was in the lift.

The lift had stopped. He could be heard, but the rules ask that a vote be cast in the chamber. The mayor
said she had never been sorrier to read a rule aloud.

@ 23:55 publish uproar by nour

Sitting suspended. Green Estuary has asked for the vote on amendment 33 to be taken again; the clerk can
find no rule that allows it and has been asked to look for longer.

Mr Blom has been freed by the fire brigade and was applauded on the stairs by everyone, including those
who had voted against.

@ 00:31+1 publish stairs by nour
headline: On the back stairs

It is the sort of hour at which budgets are really made. Seen in the last half-hour on the same half-landing: Ottoline
Ferwerda, Yara Pinas, the alderman for finance and a calculator.

What they are talking about, three people tell us, is one amendment in place of two: the library and the
pump, paid for by the roof of City Hall. What is not agreed is who will sign it, and thus who will have been
wrong two hours ago.

@ 01:04+1 publish back by nour

They are back. Amendments 34 to 60 have been dealt with in nineteen minutes, most by being withdrawn,
some by their authors being asleep.

@ 01:22+1 publish amendment-61 by nour
headline: All that is left is amendment 61
key event: yes

It was handed in at 01:17 on a sheet of squared paper with five signatures, one of them from each party.
It would

1. repair the second pump, this year, for €1.9 million;
2. keep the New Polder library open for one more year, for €0.7 million;
3. pay for both by leaving the roof of City Hall as it is, and by €1.2 million from the reserve.

Beneath the signatures somebody has written: *buckets available.*

@ 01:45+1 publish objections by nour

Cornelis Ruyterkamp, whose own party has signed it, does not like it. “This is a budget by people who are
tired,” he says. “I’m tired too, so I recognise it.” He asks for ten minutes to think, and is given five.

@ 02:09+1 publish pump-won by nour
headline: The council votes to repair the pump and keep the library
key event: yes

At **seven minutes past two**, by 29 votes to 16, amendment 61 has been carried. Pieter Wal voted for it twice
and was asked to choose one.

Work on the pump will begin, the alderman says, “as soon as I have found the telephone number of somebody
who repairs them”.

@ 02:18+1 publish passed by nour
headline: Budget passed
key event: yes

**27 to 18.** The city of Kesterhaven has a budget of €1.14 billion, an index, a last boat, a library for a year, two
working pumps with a third to follow, and a roof that leaks over the alderman’s own desk. He pointed that
out himself.

> This is not the book I came in with. I am told that is the idea.
> — Diederik Saal, alderman for finance

@ 02:24+1 publish summary-end by hanneke
headline: What the council decided
byline: Nour Sabbagh; Joris Tamboer
summary: yes

- The budget is [passed](post:passed), 27 to 18, with 14 of its 61 amendments.
- The [second pump at Saltmarket](post:pump-won) will be repaired this year after all. At 22:43 that had [failed by one vote](post:pump-lost).
- The [New Polder library](post:pump-won) stays open for a year, after [a tie and a lift](post:library-lost).
- The Ropewalk branch closes in July.
- [Parking](post:parking) goes up by 40 cents an hour by day. The [last ferry](post:ferry-vote) to Tern Island stays.
- City Hall’s roof has to wait.

@ 02:27+1 publish closing by nour

It is ten hours and forty minutes since we began, and an usher is going along the balustrade, closing the children’s books
on slips of paper so that nobody loses a place. Thank you for staying. Good night.

@ 02:29+1 end-shift by nour

@ 02:29+1 change by hanneke
headline: Kesterhaven’s all-night budget, as it happened
standfirst: The city council had to find €38 million and put down 61 amendments on how. It took ten hours, a roll call, a broken lift and a sheet of squared paper. (A demonstration: the city and its council are invented.)

@ 02:30+1 close by hanneke
