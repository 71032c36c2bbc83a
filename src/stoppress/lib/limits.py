"""Every number that bounds something, with its unit in the name and its reason beside it.

Called by every room. A bound that is not here does not exist.
"""

from datetime import timedelta

# --- text columns -----------------------------------------------------------------------------------
HEADLINE_CHARS = 200  # longest headline seen in 3,396 live blogs: 158
STANDFIRST_CHARS = 1_000  # two or three sentences; a longer one is a post
SLUG_CHARS = 80  # keeps addresses under what chat programs cut
EVENT_NAME_CHARS = 200  # what a live blog is about, by its name: as a headline
EVENT_PLACE_CHARS = 120  # where it is: as a dateline
EVENT_YEARS = (1_900, 2_200)  # and when: an anniversary, a launch; every calendar and time zone can tell it
DATELINE_CHARS = 120  # a place line: "Harbour Street, Port Verrin"
BYLINE_NAMES = 12  # more hands than one post ever named
BYLINE_NAME_CHARS = 120  # as a person's name
CORRECTION_CHARS = 1_000  # what was wrong, what is right
REASON_CHARS = 500  # why a post was withdrawn, for readers and for the record
REVIEW_NOTE_CHARS = 1_000  # what an editor wants mended before a post goes out
HANDOVER_CHARS = 2_000  # what the next shift must know: half a page
REMINDER_CHARS = 200  # one promise, as a headline
NAME_CHARS = 120  # a person, a token, a publisher
EMAIL_CHARS = 254  # RFC 5321 path limit
URL_CHARS = 2_000  # what browsers and proxies carry without trouble
CAPTION_CHARS = 1_000  # a paragraph; IPTC allows 2,000 bytes, few use a quarter
CREDIT_CHARS = 300  # photographer, agency and a licence line
ALT_CHARS = 1_000  # read aloud in one run; what needs more belongs in the text
TIMEZONE_CHARS = 64  # longest IANA name is 32
LANGUAGE_CHARS = 35  # RFC 5646 section 4.4.1
IDEMPOTENCY_KEY_CHARS = 200  # a UUID is 36; some clients send URLs

# --- documents --------------------------------------------------------------------------------------
DOCUMENT_BYTES = 256 * 1024  # the longest post seen is 4,288 words, about 40 KB of JSON
DOCUMENT_DEPTH = 40  # a list in a list in a list is 12; the schema library overflows near 500
DOCUMENT_NODES = 5_000  # DOCUMENT_BYTES holds this many when each is tiny (50 bytes)
TEXT_CHARS = 100_000  # all text of one post
TABLE_CELLS = 600  # a league table of 20 rows by 12 columns has 240
TABLE_SPAN = 100  # columns or rows one foreign cell may cover; a table of ours has 600 cells
TABLE_SQUARES = 20_000  # what a foreign table's cells may ask for by their spans before it is straightened
LIST_LEVELS = 8  # lists in lists that foreign text keeps; deeper ones join the eighth
HTML_DEPTH = 400  # elements in each other; browsers stop at 512
HTML_CHARS = 4_000_000  # of one post's foreign html; a whole live blog page of 1.3 MB is the largest seen
LIST_START_MAX = 1_000_000  # "1." to a year or a docket number
SPEAKER_CHARS = 300  # who is quoted: "Ana Ruiz, harbour master of Port Verrin, to local radio"
CLAIM_SOURCE_CHARS = 300  # who says so
CLAIM_ID_CHARS = 20  # of the name of a claim in its document; the editor writes 12
CARD_TITLE_CHARS = 300  # titles of foreign pages run longer than headlines
CARD_DESCRIPTION_CHARS = 1_000  # as much as a page says about itself
CARD_SITE_CHARS = 120  # as a publisher's name
IMAGE_RENDITIONS = 12  # files of one picture; RENDITION_WIDTHS in three formats need 9
GALLERY_PICTURES_MIN = 2  # one alone is a picture
GALLERY_PICTURES = 12  # more is an album, and nobody looks at its end
ORIGIN_CHARS = 20  # the longest name in lib/origins.py has 8
FOCUS_MAX = 100  # per cent of a picture's width or height
SCORE_SIDE_CHARS = 80  # a club or a player: "Borussia VfL 1900 Mönchengladbach" has 33
SCORE_CHARS = 24  # "2", "245 for 6", "6-4 3-6 7-6"
SCORE_PERIOD_CHARS = 40  # "67'", "half-time", "after extra time"
SCORE_NOTE_CHARS = 300  # who scored, in a line
FACT_BOX_TITLE_CHARS = 200  # as a headline
MAP_LABEL_CHARS = 200  # a place and what happened there
POLL_ID_CHARS_MIN, POLL_ID_CHARS = 8, 32  # the editor writes 12 random ones
POLL_QUESTION_CHARS = 300  # a sentence or two
POLL_OPTIONS = 10  # more are a list, and nobody reads it to the end
POLL_OPTION_CHARS = 120  # fits one line of a wide phone, two of a small one
QUESTION_CHARS = 500  # what a reader asks: a long paragraph
ASKER_CHARS = 80  # a first name, a town
QUESTION_ID_CHARS = 20  # an id as posts have
MEDIA_ID_CHARS = 64  # ours have 20; room for other stores

# --- live blogs -------------------------------------------------------------------------------------
PAGE_POSTS = 20  # an older page holds this many; the first page holds 20 to 39 (it seals 20 at 40)
POSTS_PER_LIVEBLOG = 10_000  # the longest seen held 872
WRITERS_PER_LIVEBLOG = 60  # the byline names people, not a whole newsroom
REMINDERS_OPEN = 100  # promises of one live blog that are not kept yet; nobody keeps more in mind
PROMISES_PER_POST = 5  # times that one post may promise something for
PROMISE_HOURS = 12  # a time of day further ahead was meant as one that has passed: "more arrived at 15:00"
HANDOVERS_SHOWN = 10  # notes of earlier shifts at the side of the desk
TAKING_OVER_HOURS = 3  # whose shift ended longer ago is nobody one takes over from
KEY_EVENTS_SHOWN = 60  # in the strip; median is 12
INDEX_SHOWN = 150  # key events and summaries of a live blog that has ended
WHOLE_POSTS = 500  # on the one long page; longer live blogs go on on a second (about one in 5,000 is)
JSON_LD_BYTES = 60_000  # per page, so that structured data never outweighs the page
JSON_LD_BLOG_BYTES = 3_000  # of those, for the live blog itself
JSON_LD_POST_BYTES = 1_450  # and for each post: (60,000 - 3,000) / 39, less commas; about 150 words of text
FEED_POSTS = 50  # entries in a feed document: never fewer than the first page holds
SITEMAP_ROWS = 5_000  # live blogs in one file: 50,000 are allowed, half a megabyte is enough
SITEMAP_NEWS_ROWS = 1_000  # what a news sitemap may hold
SITEMAP_NEWS_DAYS = 2  # and for how long
FEED_CHANGED_POSTS = 20  # and older ones that were corrected or withdrawn lately
TITLE_CHARS = 80  # first words that stand for a missing headline in feeds and structured data
HISTORY_VERSIONS = 50  # of one post in its public history; the first always, those between are counted
DIFFERENCE_CELLS = 100_000  # words before times words after, compared one by one: 316 each way, 30 ms
SAME_CHARS = 160  # of an unchanged stretch shown on each side of a change: about two lines
QUOTE_CHARS = 32  # before and after the words that an annotation quotes, more where that is not unique
QUOTES_CHARS = 20_000  # around all quotes of one change; beyond it they are one quote
OPEN_CLAIMS_SHOWN = 40  # at the side of the timeline; the rest stand on the page with all of them
CLAIMS_SHOWN = 500  # on the page with one live blog's claims, and in the desk's list of them
CORRECTIONS_SHOWN = 500  # in the log of one live blog; the longest seen had 872 posts

# --- several hands ----------------------------------------------------------------------------------
TAB_CHARS = 16  # a browser window's own name; ours has 8
PRESENCE_BEAT_SECONDS = 20  # how often an open desk says that it is there
PRESENCE_SECONDS = 75  # browsers let a hidden window speak once a minute
PRESENCE_KEPT_SECONDS = 3_600  # rows of windows that never said goodbye
WINDOWS_PER_PERSON = 12  # on one live blog: a laptop and a phone with forgotten tabs
OPEN_POSTS = 10  # one window has open for writing at once
LEASE_SECONDS = 90  # a post that was opened stays marked this long without a sign of life
CHAT_CHARS = 1_000  # a message is a sentence or two; what is longer is a handover note
CHAT_SHOWN = 50  # the newest ones; older ones come by request
CHAT_PER_MINUTE = 30  # of one person: faster is a script
NEWSROOM_STREAMS = 500  # desks open at once in one process: the largest newsroom, three windows each
NEWSROOM_STREAMS_PER_PERSON = 12  # as WINDOWS_PER_PERSON
NEWSROOM_PAUSE_SECONDS = 0.2  # between two looks at what goes on in the newsroom, however much happens
NEWSROOM_REACH_SECONDS = 2  # desks are told who reads this often: faster only flickers
NEWSROOM_SWEEP_SECONDS = 2  # it looks by itself this often: leases lapse, people go, sessions end

# --- at hand while somebody writes -------------------------------------------------------------------
SNIPPETS_PER_PUBLISHER = 100  # more are a book, and nobody finds the right one while it is urgent
SNIPPET_NAME_CHARS = 60  # one line of the menu on a phone
SNIPPET_CHARS = 4_000  # a page of text; the longest built-in one has 200
SEARCH_CHARS = 200  # asked for at once: a sentence
SEARCH_WORDS = 8  # each is looked for in every post
SEARCH_ROWS = 50  # shown; whoever gets more says more words
SEARCHES_PER_MINUTE = 120  # of one person; each letter typed asks after a pause
LINKABLE_ROWS = 8  # posts offered while a link is typed: a phone's half screen

# --- reader side ------------------------------------------------------------------------------------
SINCE_PUT_RIGHT = 100  # changed posts told to who returns: a week of a busy live blog corrects a dozen
CHANGES_AT_ONCE = 200  # a reader who missed more fetches the page: cheaper than replaying
READER_BUFFER_BYTES = 256 * 1024  # what one reader's socket may leave untaken before it is cut
STREAMS_PER_PROCESS = 30_000  # descriptors and memory of one edge process
STREAMS_PER_ADDRESS = 1_000  # of one process: a large school behind one router; whoever comes beyond it polls
HEARTBEAT_SECONDS = 15  # proxies cut silent connections at 30 to 60
HEARTBEAT_SPARED_SECONDS = 10  # after something else was written; silence stays below 25 s
READERS_AT_ONCE = 500  # written to, let in or sent away between two looks at requests: 5 ms
READERS_IN_A_BURST = 100  # of these when changes come in a row: what comes in 1 ms goes along in one write
RANKS_BEHIND = 32  # groups of readers whom a wave has yet to reach; then changes wait for its end, 0.1 s
NEWCOMERS_AT_ONCE = 1_000  # let in with one look at what changed; then the others' changes come first
RETRY_MS_MIN, RETRY_MS_MAX = 1_000, 5_000  # spread, so that readers do not return in one instant
STREAM_RETRY_SECONDS_MIN, STREAM_RETRY_SECONDS_MAX = 5, 30  # for whom no stream is free
DRAIN_SECONDS = 3  # streams are closed over this time when a process stops
SWEEP_SECONDS = 1  # the edge asks for numbers this often in case the bus lost a word
CURSOR_MAX = 2**63 - 1  # a seq is a bigint
PAGE_CACHE_BYTES = 64 * 1024 * 1024  # joined and compressed pages held by one edge process
DRAIN_RETRY_MS_MAX = 17_000  # a stopping process sends readers back over 20 s in all: 5 % a second
DRAIN_READERS_PER_SECOND = 200  # fewer readers than 600 are sent away in less than DRAIN_SECONDS
DRAIN_STEP_SECONDS = 0.05  # a share of the streams ends at each step, so that readers return spread
CATCH_UP_BYTES = 128 * 1024  # frames written to one reader at once; half its buffer. Above it: reload
SOCKET_SECONDS = 30  # bytes unacknowledged this long, or a window shut this long: the reader is gone
HEADER_SECONDS = 10  # to send the head of a request
BODY_SECONDS = 120  # to send a whole request: a 20 MB picture over 1.5 Mbit/s
ANSWER_SECONDS = 240  # to take an answer that is made: a megabyte over 35 kbit/s; then it is cut off
HEADER_BYTES = 32 * 1024  # all header lines of a request; browsers stay under 8 KB
LINGER_SECONDS = 2  # to take the refusal and hang up
AGAIN_BYTES = 2_048  # of a request that is recognised when it comes again; browsers without cookies send 700
AGAIN_KEPT = 1_000  # such requests, 5 MB at most: a few dozen browsers, a few addresses each
KEEP_ALIVE_SECONDS = 20  # an idle connection is kept for the next request this long
CONNECTIONS_PER_PROCESS = 4_000  # connections that are not streams
CONNECTIONS_PER_ADDRESS = 1_000  # of one process: the same school, one for each browser
CONNECTIONS_SHARE = 4  # a quarter of a process's files at most: streams last for hours, requests do not
DESK_CONNECTIONS = 200  # beyond those, answered only when they ask for the newsroom: 60 people, three each
FILES_OF_ITS_OWN = 200  # databases, sockets that listen, pictures being read
BUSY_RETRY_SECONDS_MIN, BUSY_RETRY_SECONDS_MAX = 1, 5  # spread, so that the refused do not return at once
STOP_SECONDS = 2  # for requests under way when a process stops, after its streams have ended
STORE_BUSY_MS = 100  # SQLite readers hardly ever wait; the edge serves the last good page instead
STORE_SECONDS = 5  # one question to PostgreSQL
STORE_CONNECT_SECONDS = 3  # a database that has not answered by then counts as down
STORE_KEEPALIVE_SECONDS = 5  # a dead server is noticed after three of these
STORE_CONNECTIONS = 4  # per edge process: answers are kept, so few questions run at once
STORE_NUMBERS_AT_ONCE = 500  # live blogs in one IN list
STORE_PATIENCE_SECONDS = 1  # a reader waits this long for a newer answer than the one that is kept
STORE_RETRY_SECONDS = 1  # after a failed question the last good answer is served this long before the next
BUS_POLL_SECONDS = 0.02  # how often the SQLite file is asked whether anyone has committed
BUS_POLL_WRITER_SECONDS = 0.25  # the same where the process itself writes: each waking costs 0.15 ms
BUS_SPEAK_SECONDS = 1  # a writer waits this long for a Redis that is away; edges ask by themselves as soon
BUS_RETRY_SECONDS = 1  # between two tries to reach the bus
BUS_SILENT_SECONDS = 20  # four signs of life of a worker: words do not come through, or none is there
FRONT_LIVE = 50  # live blogs under way on the front page
FRONT_CLOSED = 50  # lately closed ones
FEED_SHARED_SECONDS = 3  # in shared caches; readers of feeds ask every few minutes
PAGE_SHARED_SECONDS = 1  # in shared caches; browsers always ask again
STALE_REVALIDATE_SECONDS = 2  # RFC 5861: a CDN may answer this long while it asks; five with the above
STALE_ERROR_SECONDS = 86_400  # and this long when the origin does not answer
MEDIA_CACHE_SECONDS = 3_600  # a browser that has shown a picture may go on showing it
MEDIA_SHARED_SECONDS = 4  # a picture that was withdrawn is gone from shared caches within 5
MEDIA_ANSWERS = 10_000  # pictures of which one edge process remembers whether they were withdrawn
STATIC_CACHE_SECONDS = 31_536_000  # names carry a hash of the content
COMPRESS_BYTES_MIN = 512  # below it the header costs more than compression saves
HSTS_SECONDS = 63_072_000  # two years

# --- looks, and pages inside other pages --------------------------------------------------------------
THEME_CHARS = 120  # the address of a theme's style sheet: seven colours and two names
SUPPORT_CHARS = 300  # three lines of a phone; more is an article
EMBED_LATEST_MAX = 20  # posts of the layout `latest`: more is the whole page
EMBED_LATEST = 3  # of these when nothing is said
THEMES_KEPT = 200  # style sheets one edge process holds; beyond it the least used is made again
OEMBED_WIDTH, OEMBED_HEIGHT = 640, 720  # pixels, when nothing is asked for: a column of text, a screen of it
OEMBED_SECONDS = 300  # an answer may be kept: headlines change, withdrawn posts go
DESCRIPTION_CHARS = 200  # of a post's text for other sites' cards; they show two lines
SHARE_TITLE_CHARS = 140  # on a drawn card: five lines
CARDS_KEPT = 100  # drawn cards that one process holds …
CARDS_BYTES = 8 * 1024 * 1024  # … and their bytes; one has 30 to 60 KB
CARDS_AT_ONCE = 1  # drawn by one process at a time; drawing one takes 50 ms

THEN_HOURS = 48  # a longer event is listed by days on the page at a past time
THEN_STEPS = 100  # hours or days listed there; the slider reaches every minute
THEN_MOMENTS = 5_000  # minutes in which something changed, as told to the slider: 30 KB
THEN_COURSES = 16  # live blogs whose course one edge process keeps: 3 MB for one of 5,000 posts
THEN_SHARED_SECONDS = 4  # in shared caches, as pictures: what was withdrawn is gone within 5

# --- bodies and uploads -----------------------------------------------------------------------------
REQUEST_BODY_BYTES = 1024 * 1024  # any request but an upload
UPLOAD_BYTES = 20 * 1024 * 1024  # a camera's JPEG is 5 to 12 MB
UPLOAD_PIECE_BYTES = 64 * 1024  # of a part, from the network to the disk at once: what a cut may cost
UPLOAD_HOURS = 24  # to go on with an upload that was cut; after it the parts are thrown away
UPLOADS_COMING = 40  # of one person at once: three galleries, and what was left behind
FILENAME_CHARS = 255  # of an upload, shown to who sent it and never used on a disk
NUMBER_CHARS = 12  # of a number of bytes in a header
UPLOAD_PIXELS = 50_000_000  # 8,660 x 5,773; above it a 48 KB file can ask for gigabytes
UPLOAD_SIDE_PIXELS = 16_000  # WebP itself ends at 16,383
UPLOAD_ENVELOPE_BYTES = 64 * 1024  # what a form adds around the file: boundaries, names, three texts
RENDITION_WIDTHS = (480, 960, 1_600)  # a phone, a phone at 2x or a column, a wide column at 2x
WIDE_SHORT_PIXELS = 1_200  # of the file that structured data’s shapes are cut of; search engines ask for it
WIDE_LONG_PIXELS = 3_200  # of it: a panorama of 8 to 3; a wider one keeps fewer on its short side
PICTURE_MEMORY_BYTES = 1024 * 1024 * 1024  # 50 million pixels of 4 bytes, held three times, and the libraries
PICTURE_CPU_SECONDS = 20  # the largest picture allowed takes 4 on a slow core
PICTURE_WALL_SECONDS = 40  # the same on a busy machine
PICTURE_ANSWER_BYTES = 32 * 1024 * 1024  # ten files of one picture are under 7 MB
PICTURE_FILES = 64  # files one picture process has open: its own modules, never a network
PICTURE_XMP_BYTES = 256 * 1024  # agencies' packets are under 20 KB; edit histories make them long
PICTURE_NICENESS = 5  # reading a picture never delays a post on its way to readers
BUCKET_SECONDS = 10  # for a bucket to connect, and for each stretch of its answer
BUCKET_ATTEMPTS = 3  # a store of a cloud refuses one request in some thousands, and means nothing by it
BUCKET_RETRY_SECONDS = 2  # after a failure, what is remembered is served this long before the next question
MEDIA_KEPT_BYTES = (
    64 * 1024 * 1024
)  # pictures from a bucket that one edge process keeps: some hundred, the newest
MEDIA_KEPT_SECONDS = 60  # how long; a credit line that was put right is asked for again after it
PICTURES_AT_ONCE = 2  # picture processes beside one server process
PICTURE_WAIT_SECONDS = 15  # for a turn, then "try again": an upload must not hold a server thread for long
IMPORT_BYTES = 32 * 1024 * 1024  # the largest page seen is 1.3 MB
IMPORT_POSTS = 5_000  # five times the longest live blog seen
IMPORT_NOTES = 2_000  # lines that say what could not be kept; beyond it they are counted
ARCHIVE_BYTES = 1024 * 1024 * 1024  # our own archives carry their pictures: 1,000 of 1 MB in base64
ARCHIVE_ID_CHARS = 200  # a former id: a UUID, a URN, the end of an address
ARCHIVE_REVISIONS = 2_000  # of one post, as a desk that saves each few seconds would make in an hour
ARCHIVE_SHIFTS = 1_000  # a week of four reporters in turns of two hours has 336
ARCHIVE_PICTURES = 1_000  # more than the longest live blog seen has posts
DESK_POSTS = 60  # on one desk screen at first: the median live blog has 47
API_PAGE_ROWS = 100  # about 200 KB with posts of the usual length
API_REQUESTS_PER_MINUTE = 6_000  # of one token: a replay at 50 posts a second passes twice over
API_PAGE_ROWS_GIVEN = 50  # when a client does not say how many
RETRY_AFTER_SECONDS = 2  # a busy database is free again by then
FAULTS_TOLD = 20  # of one request; a hundred wrong fields have one cause
FAULT_CHARS = 100  # of what the client sent, repeated in an error
IF_MATCH_TAGS = 20  # a client knows one revision, a merging one a few
IDEMPOTENCY_DAYS = 7  # how long a repeated key finds its first answer
COPY_NAME_CHARS = 40  # 128 bits as hex are 32
COPY_TURN_MAX = 2**53 - 1  # what a browser counts to
COPIES_PER_PERSON = 200  # texts under way at once; a queue of 20 drafts on a bad day is much
COPY_DAYS = 90  # a text that nobody went on with for a season is forgotten by the server
SETTLED_COPY_DAYS = 7  # as long as a repeated request may still be under way, and longer
COPY_BYLINE_CHARS = BYLINE_NAMES * (BYLINE_NAME_CHARS + 2)  # as typed: names and commas

# --- the outside world -------------------------------------------------------------------------------
OUTSIDE_SECONDS = 8  # for a whole fetch; whoever waits for a link card waits no longer
OUTSIDE_REDIRECTS = 3  # http to https, to www, to the page
OUTSIDE_ADDRESSES = 4  # of one name that are tried
OUTSIDE_REPLY_BYTES = (
    4 * 1024
)  # of what a machine answers to what it was sent: a word, or a sentence of refusal
UNFURL_PAGE_BYTES = 512 * 1024  # what a page says of itself stands in its head
UNFURL_OEMBED_BYTES = 64 * 1024  # the largest answers hold a post's markup, 10 KB
UNFURL_JSON_LD_CHARS = 100_000  # of one script of structured data; longer ones are skipped
UNFURLS_PER_MINUTE = 30  # of one person: a pasted link every two seconds
UNFURLS_AT_ONCE = 3  # in one process: slow sites must not hold all of DESK_THREADS
EMBED_TITLE_CHARS = 300  # as a link card's
EMBED_TEXT_CHARS = 1_000  # a long post on any of the sites
EMBED_AUTHOR_CHARS = 120  # a name and a handle
EMBED_HEIGHT_MIN, EMBED_HEIGHT_MAX = 80, 1_200  # pixels: a line of sound, a tall chart
EMBED_BOXES = (160, 240, 320, 400, 480, 560, 640, 720, 800, 960, 1_200)  # heights that reader.css keeps free

# --- what comes in by others' tools ------------------------------------------------------------------
INTAKE_SIGNATURE_SECONDS = 300  # how far apart the clocks may be: what Slack's documentation says
INTAKE_MAIL_BYTES = 26 * 1024 * 1024  # a message with 25 MB, which most mail services let through
INTAKE_PER_MINUTE = 120  # of one channel; a lively chat writes 20
INTAKE_RETRY_SECONDS = 30  # until the tool may send again
INTAKE_LATE_SECONDS = 3_600  # an edit may come before its message, which is sent again for this long
INTAKE_TOLD_HOURS = 24  # what a sender changed after the desk did stands in the left column
INTAKE_PICTURES = 10  # of one mail
INTAKE_PLACES = 50  # addresses of one mail that are looked at
INTAKE_NOTES = 20  # sentences about one message
INTAKE_FILENAME_CHARS = 60  # in such a sentence
INTAKE_CHANNELS = 20  # of one title: more than any has tools
INTAKE_ROUTES = 200  # of one channel: each live blog its own address
INTAKE_SENDERS = 500  # of one channel: the largest newsroom twice
INTAKE_KEY_CHARS = 24  # in a channel's address: 120 random bits are 20
INTAKE_SECRET_CHARS = 200  # Slack's has 32, ours 43
INTAKE_SEALED_CHARS = 500  # the same encrypted: a third more, and 100
INTAKE_AUTHORITY_CHARS = 120  # a host name: "mx.google.com"
INTAKE_ORIGIN_CHARS = 300  # "By e-mail," and an address of EMAIL_CHARS
INTAKE_CHALLENGE_CHARS = 200  # Slack's word has 52
INTAKE_IMAP_SECONDS = 10  # for one answer of the mail server
INTAKE_IMAP_PAUSE = timedelta(seconds=20)  # between two looks into the mailbox
INTAKE_MAILS_AT_ONCE = 20  # of one look; the rest comes with the next

# --- subscribers of feeds (WebSub) ------------------------------------------------------------------
WEBSUB_BODY_BYTES = 16 * 1024  # two addresses of URL_CHARS, every letter written as %2F, and the rest
WEBSUB_PER_MINUTE = 60  # requests from one address: a reader of feeds that follows a day's live blogs
WEBSUB_SECRET_BYTES = 199  # "less than 200" (W3C WebSub, section 5.1)
WEBSUB_SEALED_CHARS = 500  # the same encrypted: a third more, and 100
WEBSUB_LEASE_SECONDS = 10 * 24 * 3600  # when none is asked for; what the standard advises
WEBSUB_LEASE_SECONDS_MIN, WEBSUB_LEASE_SECONDS_MAX = 300, 30 * 24 * 3600  # nobody is told for ever unasked
WEBSUB_ASKED = 2_000  # requests whose senders are still to be asked: one minute's of all
WEBSUB_ASK_TRIES = 3  # a subscriber may be starting; then it asks again by itself
WEBSUB_SUBSCRIBERS = 5_000  # of one live blog: told within two minutes by one worker
WEBSUB_SENDERS = 16  # requests under way at once; a slow subscriber holds one of them for OUTSIDE_SECONDS
WEBSUB_QUEUE = 64  # taken over by one worker at once: four turns of its senders, 32 s if all are slow
WEBSUB_CLAIM_SECONDS = 50  # what a worker that died had is another's after this: longer than its queue
WEBSUB_PAUSE_SECONDS = 2  # between two documents to one subscriber, however fast posts come
WEBSUB_RETRY_SECONDS = 10  # after a failure; twice as long after each further one
WEBSUB_RETRY_SECONDS_MAX = 3_600  # who is back within the day is told within the hour
WEBSUB_FAILURES = 30  # one after the other, a day: nobody is there

# --- sign-in ----------------------------------------------------------------------------------------
SETUP_LINK_HOURS = 24  # a first run is one sitting; a link in a log must not open a newsroom later
PASSWORD_CHARS_MIN = 10  # OWASP ASVS 6.2.1 asks for 8 and advises more
SESSION_SECONDS = 14 * 24 * 3600  # SECURITY 7.3.2: a desk session ends after two weeks at most
SESSION_IDLE_SECONDS = 12 * 3600  # a night: who was away longer signs in again
SESSION_NOTED_SECONDS = 60  # "last seen" is written once a minute, not with every request
SESSIONS_SHOWN = 100  # of one person on their own page
ADDRESS_CHARS = 45  # the longest way to write an IPv6 address
DEVICE_CHARS = 120  # "Firefox on Android", or the beginning of what the browser says of itself
KNOWN_DEVICE_SECONDS = 180 * 24 * 3600  # a browser that somebody signed in with stays known for half a year
KNOWN_DEVICE_PEOPLE = 5  # who share one computer
INVITATION_HOURS = 72  # over a weekend; the admin makes another in a moment
INVITATIONS_OPEN = 200  # as many as the largest newsroom has people
TOKENS_PER_PERSON = 50  # working ones; each script has its own
TOKEN_NOTED_SECONDS = 60  # "last used" is written once a minute, not with every request
SIGN_IN_WINDOW_SECONDS = 900  # failed attempts count this long
SIGN_IN_FAILURES_PER_ADDRESS = 10  # from one network address: an office's Monday morning
SIGN_IN_FAILURES_PER_ACCOUNT = 5  # by unknown devices; 480 guesses a day find no password of ten characters
SIGN_IN_FAILURES_PER_DEVICE = 10  # by a device on which the person has signed in before
SIGN_IN_FAILURES_PER_NEWSROOM = 50  # by unknown devices, over all accounts: lists come from many addresses
RETRY_LATER_SECONDS = 60  # when allauth's bounds, which count by the minute, are met
CODE_SECONDS = 30  # one code of an authenticator app (RFC 6238)
MAIL_SECONDS = 10  # to hand a mail over; the admin waits for it
CACHE_ENTRIES = 100_000  # counters and used codes; Django's 300 would let an attacker wash them out
AUDIT_ROWS = 50  # on one page of the audit trail
AUDIT_WHAT_CHARS = 32  # a kind of deed
AUDIT_DETAIL_CHARS = 120  # "reporter → editor"; never contents
HSTS_SECONDS = 2 * 365 * 24 * 3600  # what the preload list asks for at least

# --- databases --------------------------------------------------------------------------------------
DATABASE_WAIT_SECONDS = 10  # a writer waits for its turn this long, then says so
CONNECTION_SECONDS = 600  # a PostgreSQL connection is renewed after this

# --- worker -----------------------------------------------------------------------------------------
WORKER_PAUSE_SECONDS = 0.5  # a scheduled post is at most this late
WORKER_LOOK_SECONDS = 1  # until the tables are there: as often as a desk that starts is done soon
DUE_POSTS_AT_ONCE = 50  # keeps one turn of the loop short; the rest comes with the next

PULSE_NAME_CHARS = 120  # a process's number and a host name
PULSE_SECONDS = 5  # a worker says this often that it is there: four times before it counts as gone
PULSE_LATE = timedelta(seconds=20)  # a worker that was silent this long is not working
PULSE_KEPT = timedelta(days=1)  # of workers that never said goodbye: long enough to see that they died
PURGE_BACK = timedelta(hours=1)  # what changed before a worker started is named to the cache once more
PURGE_MARGIN = timedelta(minutes=1)  # a change is seen this long after its time: longer than any commit takes
PURGE_PAUSE = timedelta(seconds=2)  # before a key is named again that is being named just now
PURGE_RETRY = timedelta(seconds=2)  # after a failure; twice as long after each further one
PURGE_DOUBLINGS = 7  # to four minutes: a cache that is down for the night is not asked more often
POLL_COUNT_SECONDS = 3  # between two counts of a poll: readers see numbers move, the log does not fill
POLL_COUNT_AFTER_SECONDS = 3_600  # a closed live blog's last votes are counted, even by a late worker
POLL_COUNT_SHARE = 60  # a poll is counted again when it has aged by this part: 400 events in ten hours

# --- what readers send ------------------------------------------------------------------------------
AUDIENCE_BODY_BYTES = 8 * 1024  # a question of 500 characters, each written as %F0%9F%8C%8A, and its name
AUDIENCE_PER_MINUTE = 60  # from one address: a school class votes behind one router
QUESTIONS_PER_MINUTE = 5  # from one address
QUESTIONS_WAITING = 2_000  # of one live blog; nobody can look at more
QUESTIONS_SHOWN = 200  # in one list of the desk
PACE_NAMES = 20_000  # addresses whose requests one process counts; beyond it the idle ones are forgotten

# --- notifications ------------------------------------------------------------------------------------
PUSH_WAIT_SECONDS = 12  # whoever published by mistake takes the post back within it, and nobody is told
PUSH_ENDPOINT_CHARS = 1_000  # of a device's address at its push service; the longest seen have 500
PUSH_KEY_CHARS = 88  # 65 bytes in base64
PUSH_BODY_BYTES = 4_096  # what every push service takes (RFC 8030 section 7.2)
PUSH_SHORT_CHARS = 60  # of headline and text each, for a service that takes less
PUSH_SIGNED_SECONDS = 12 * 3_600  # push services take signatures of 24 hours at most (RFC 8292)
PUSH_KEPT_SECONDS = 3_600  # a device that is off hears of it this long; later the page itself is better
PUSH_LATE_SECONDS = 1_800  # a worker that was away longer does not tell of what was new then
PUSH_AT_ONCE = 32  # messages on their way from one process: a slow service holds one, not all
PUSH_SECONDS = 10  # for one message, name look-up included
PUSH_HELD_SECONDS = 60  # what a process took and did not settle is taken again by another: it died
PUSH_LOOK_SECONDS = 0.05  # between two looks at what came back
PUSH_TRIES = 6  # the last one some five minutes after the first
PUSH_AGAIN_SECONDS = 10  # until a failed message is tried again; twice as long after each failure
PUSH_EVENTS_AT_ONCE = 500  # of one log in one look; an import's thousands are passed over in a few
PUSH_SUBSCRIPTIONS = 500_000  # of one live blog: more than one server tells in time
PUSH_SUBSCRIPTIONS_PER_MINUTE = 20  # from one network: a household's devices, and second thoughts
PUSH_CLOSED_SECONDS = 3_600  # subscriptions outlive a close by this: one closed by mistake is reopened
PUSH_SHARE_SECONDS = 120  # "in time": editors promise themselves nine readers in ten within two minutes
PUSH_SHARE_ALERTS = 20  # the latest ones, whose share the desk shows
PUSH_CANARY = timedelta(minutes=5)  # between two trials of the whole way while somebody is subscribed
PUSH_CANARY_LATE = timedelta(minutes=15)  # no trial for so long means that nothing goes out

# --- several processes --------------------------------------------------------------------------------
EDGES_MAX = 64  # edge processes of one `serve`: one for each core of a large machine
CHILD_READY_SECONDS = 600  # to be ready: a new version makes the pages of a large newsroom anew first
CHILD_STEADY_SECONDS = 30  # a process that lived this long is started again at once
CHILD_RETRY_SECONDS, CHILD_RETRY_SECONDS_MAX = 0.5, 15  # one that did not: twice as long after each time
CHILD_STOP_SECONDS = 15  # to end when told to: draining takes 3, requests under way 2
NUMBERS_SECONDS = 5  # one process of `serve --edges` waits for the numbers of another; a scrape ends after 10
DESK_ANSWER_SECONDS = 60  # an edge waits BODY_SECONDS and this: a desk that is started again is up by then
TALLY_SECONDS = 2  # an edge tells desks this often how many read: as often as a desk shows it
TALLY_KEPT_SECONDS = 10  # a process that said nothing for so long reads for nobody
TALLY_BLOGS = 200  # live blogs in one tally, those with most readers: 5 KB, and NOTIFY carries 8
TALLY_PROCESSES = 1_000  # whose tallies one desk adds up
PASS_ON_BYTES = 64 * 1024  # passed on at once between edge and desk

# --- command line -----------------------------------------------------------------------------------
TAIL_ROWS = 500  # lines of the log read at once
TAIL_PAUSE_SECONDS = 0.25  # how late a followed line may be
FREE_BYTES_MIN = 200 * 1024 * 1024  # below it `doctor` warns: a day of live coverage with pictures
FRESHEN_PAUSE = timedelta(minutes=1)  # between looks for pages on which an older version wrote
FORGET_PAUSE = timedelta(hours=1)  # between looks for what is old enough to be forgotten
CLOCK_SET_BACK = timedelta(hours=26)  # a day, or a wrong zone: up to here new posts stay above older ones
WORKER_LATE = timedelta(minutes=1)  # a post this overdue means that no worker runs
BACKUP_LATE = timedelta(days=3)  # a weekend; a newsroom's nightly job has failed twice by then
CLOCKS_APART_SECONDS = 5  # nobody sees it in a post's time; a day's drift of a clock that nobody sets
QUEUE_LATE_SECONDS = 600  # what should go out within seconds is stuck
BUS_ECHO_SECONDS = 5  # a word takes milliseconds
SITE_SECONDS = 5  # for one answer of the public address to `doctor`; a first frame takes milliseconds
BACKUP_ROWS = 500  # rows held in memory at once while copying
BACKUP_COMPRESSION = 3  # of gzip; text shrinks to a fifth, pictures not at all, so more only costs time
DESK_THREADS = 8  # desk and API requests at once in one process; SQLite lets one of them write
DESK_BODY_BYTES = 64 * 1024  # a longer body is read by the thread: the server reads so much ahead anyway
DESK_ANSWER_BYTES = 1024 * 1024  # a longer answer is sent as it is made: no page of the desk is one
READERS_TURNS = 2  # of DESK_THREADS: what readers and other services send
STRANGERS_TURNS = 2  # of DESK_THREADS: who is not signed in, so that a flood of sign-ins leaves room to work
UPLOADS_TURNS = 2  # of DESK_THREADS: bodies that are not waited for; a slow one holds a thread
TURNS_WAITING = 100  # for one of those turns, some seconds long; beyond it a request is refused at once
BODY_HELD_BYTES = 64 * 1024  # is always held until it is whole: the longest post seen has 40 KB
BODIES_HELD_BYTES = 64 * 1024 * 1024  # bodies on their way, held until they are whole: 64 of the largest
DEMO_GAP_MINUTES = 20  # of the story's; a longer wait is cut to it: nobody watches a night pass

# --- the title's own pages ----------------------------------------------------------------------------
AUTHOR_ROLE_CHARS = 80  # "Europe correspondent, reporting from the coast"
BIOGRAPHY_CHARS = 2_000  # four paragraphs; more is a curriculum vitae
AUTHOR_POSTS = 30  # latest posts on an author's page: search finds the others
AUTHOR_PORTRAIT = 96  # pixels of the small portrait in bylines, at three pixels to the point
TOPIC_CHARS = 60  # "Energy and climate in the Baltic states"
TOPICS_PER_LIVEBLOG = 10  # a reader looks at no more
TOPIC_LIVEBLOGS = 100  # on one topic's page, the newest
POLICY_TEXT_CHARS = 20_000  # ten printed pages; the longest published ones have eight
MACHINE_TEXT_CHARS = 10_000  # security.txt and trust.txt; trust.txt of a group of papers has 200 lines
LEAD_KEY_EVENTS = 4  # under the live blog that leads the front page

# --- readers' search ------------------------------------------------------------------------------------
FOUND_ROWS = 20  # on one page of results
FOUND_PAGES = 10  # whoever has not found it among 200 says more words
FOUND_RANKED = 20_000  # the newest matches are weighed, in 40 ms; of a word in every post, no older ones
FOUND_LIVEBLOGS = 200  # live blogs offered as a filter, the newest
SEARCH_SECONDS = 2  # one search may take; then it is given up with a sentence
SEARCHES_AT_ONCE = 2  # in one process; more wait, so that pages never do
SEARCHES_WAITING = 20  # beyond it a search is refused at once
READER_SEARCHES_PER_MINUTE = 30  # from one network: a newsreader types on, a robot does not
FOUND_SNIPPET_CHARS = 240  # of text around what was found: three lines
