"""English."""

from mailbot.languages.lexicon.entry import Lexicon

EN = Lexicon(
    weekdays=(
        "monday|mon",
        "tuesday|tue|tues",
        "wednesday|wed|weds",
        "thursday|thu|thur|thurs",
        "friday|fri",
        "saturday|sat",
        "sunday|sun",
    ),
    months=(
        "january|jan",
        "february|feb",
        "march|mar",
        "april|apr",
        "may",
        "june|jun",
        "july|jul",
        "august|aug",
        "september|sep|sept",
        "october|oct",
        "november|nov",
        "december|dec",
    ),
    numbers=(
        "one|a|an",
        "two|a couple of",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    dates={
        "today": "today",
        "today_part morning": "this morning",
        "today_part afternoon": "this afternoon",
        "today_part evening": "tonight|this evening",
        "tomorrow": "tomorrow|tmrw|tmr|tomorow|tommorow|tommorrow",
        "overmorrow": "day after tomorrow|the day after tomorrow",
        "next": "next|following|coming|upcoming",
        "this": "this",
        "in": "in|within",
        "from": "from",
        "end": "end of|by the end of|by end of|the end of",
        "start": "start of|beginning of|the start of|the beginning of",
        "mid": "mid|mid -|middle of|the middle of",
        "eow": "eow",
        "eom": "eom",
        "eoy": "eoy",
        "eoq": "eoq",
        "eod": "eod|cob|end of day|end of the day|close of business|end of business|close of play",
        "unit minute": "minute|minutes|min|mins",
        "unit hour": "hour|hours|hrs",
        "unit day": "day|days",
        "unit week": "week|weeks|wk|wks",
        "unit month": "month|months",
        "unit quarter": "quarter|quarters",
        "unit year": "year|years",
        "fixed noon": "noon|midday|lunchtime",
        "fixed midnight": "midnight",
        "part morning": "morning|in the morning|first thing|first thing in the morning",
        "part afternoon": "afternoon|in the afternoon",
        "part evening": "evening|in the evening|at night",
        "am": "am|a . m|a . m .",
        "pm": "pm|p . m|p . m .",
        "oclock": "o'clock|oclock|h|hrs",
        "half past": "half past",
        "quarter past": "quarter past",
        "quarter to": "quarter to",
        "at": "at|@",
        "by": (
            "by|before|until|till|til|due|due by|due on|no later than|not later than|latest|by latest|deadline|eta"
            "|on or before"
        ),
        "on": "on|on the|of",
        "the": "the",
        "same time": "same time|at the same time|same hour|same time please",
        "my time": "my time",
        "zone": "your time|their time|his time|her time",
    },
    verbs={
        "done": "done|finished|completed|complete|did|close|closed|tick off|check off|finish",
        "drop": "drop|dropped|abandon|abandoned|obsolete|no longer needed",
        "reopen": "reopen|re-open|reopened|re-opened|undone",
        "move": (
            "move to|move it to|move this to|move us to|moved to|move the meeting to|move our 1:1 to"
            "|move the 1:1 to|reschedule to|reschedule it to|postpone to|postpone it to|push to|push it to|shift to"
            "|shift it to|change to|change it to|move"
        ),
        "skip": (
            "skip|skip it|skip this|skip this one|skip this time|skip this week|skip the meeting|skip this meeting"
            "|skip next week|skip our 1:1|let's skip|let's skip it|let's skip this week|let's skip this one"
            "|let us skip this week|can we skip this week|can we skip this one|can we skip|cancel|cancel it"
            "|cancel this|cancel this one|cancel this week|cancel the meeting|cancel this meeting|cancel our 1:1"
            "|let's cancel|let's cancel this week|can we cancel|can we cancel this week|can't make it"
            "|i can't make it|cannot make it|i cannot make it"
        ),
        "pause": "pause",
        "resume": "resume|unpause|un-pause|continue",
        "undo": "undo|undo that|undo this|undo it|take that back|take it back|undo my last mail",
        "help": "help|help me|commands",
        "private": "private",
        "new": (
            "new 1:1 with|new one-on-one with|new one on one with|new 1-1 with|new 1on1 with|start 1:1 with"
            "|start a 1:1 with|start one-on-one with|start a one-on-one with|new 1-on-1 with|a new 1:1 with"
            "|start new 1:1 with|new oneonone with"
        ),
        "less": "less",
        "more": "more",
        "stop": "stop|unsubscribe",
        "later": "history|export|forget me",
        "find": "find",
    },
    cadence={
        "every": "every|each|always",
        "other": "other|second|2nd",
        "weekly": "weekly|once a week",
        "biweekly": "biweekly|bi-weekly|fortnightly|every fortnight|twice a month",
        "monthly": "monthly|once a month|every month",
        "filler": "on|at|for|and|,|make it|please|from now on|now|switch to|change to|long|;|&",
    },
    weekly_days=(
        "mondays",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "fridays",
        "saturdays",
        "sundays",
    ),
    next_meeting=(
        "next time|our next 1:1|the next 1:1|next 1:1|our next meeting|the next meeting|next meeting|we meet again"
        "|our next one on one|our next one-on-one|the next one-on-one|we next meet|we meet next"
    ),
    until="until|till|til|up to|to",
    conjunctions="and|&|+|,|;|as well as",
    please="please|pls|plz|thanks|thank you|thx|cheers|kindly|now|for me|mailbot|!|.|ok",
    yes=(
        "yes|y|yep|yeah|yup|ok|okay|k|sure|sure thing|fine|fine by me|fine with me|fine for me|works|works for me"
        "|that works|that works for me|this works|works great|it works|it works for me|works fine|sounds good"
        "|sounds good to me|sounds great|looks good|good|great|perfect|agreed|agree|i agree|accept|accepted"
        "|i accept|confirmed|confirm|approved|absolutely|of course|definitely|certainly|go ahead|go for it|do it"
        "|let's do it|good for me|good with me|i'm good|all good|no problem|alright|all right|happy to|will do"
        "|yes it is|that is fine|that's fine|that's good|that is good|it was me|yes it was me|that was me"
        "|yes that was me|it's me|yes i can|i can do that|can do|that's me"
    ),
    no=(
        "no|n|nope|nah|not possible|doesn't work|does not work|that doesn't work|that does not work"
        "|doesn't work for me|does not work for me|that doesn't work for me|doesn't suit|can't|i can't|cannot"
        "|can't do|can't make it|i can't make it|not for me|won't work|that won't work|declined|decline|i decline"
        "|reject|rejected|disagree|unfortunately not|i'm afraid not|afraid not|not really|sorry no|no way"
        "|it wasn't me|that wasn't me|not me|no can do|no it wasn't me"
    ),
    happened=(
        "it did|it happened|we met|we did|yes we did|yes we met|yes it did|did happen|it did happen|happened|met"
        "|we talked|as planned|we had it"
    ),
    missed=(
        "it didn't|it did not|didn't happen|did not happen|it didn't happen|it did not happen|we didn't meet"
        "|we did not meet|we didn't|we did not|didn't meet|did not meet|we skipped|we skipped it|skipped"
        "|not this week|not this time|cancelled|canceled|was cancelled|was canceled|it was cancelled"
        "|it was canceled|it fell through|no meeting|it never happened|never happened|we had to skip"
        "|we had to skip it|didn't take place|did not take place|it didn't take place|it did not take place"
        "|never took place|it never took place|has not taken place|it has not taken place|hasn't happened"
        "|it hasn't happened|it has not happened|we had to postpone|we had to postpone it|we postponed"
        "|we postponed it|postponed|it was postponed|was postponed|we had to move|we had to move it|we had to cancel"
        "|we had to cancel it|we cancelled|we canceled|we cancelled it|we canceled it|we couldn't meet"
        "|we could not meet|we couldn't make it|we missed it|we missed each other|we didn't talk|we did not talk"
        "|we didn't have it|we did not have it|we didn't manage|the meeting didn't happen|the meeting did not happen"
        "|the meeting didn't take place|the meeting did not take place|our 1:1 didn't happen|our 1:1 did not happen"
        "|the 1:1 did not take place|the 1:1 didn't take place|the meeting was cancelled|the meeting was canceled"
    ),
    because="because|since|due to|owing to",
    this_time="this week|this time|today|yesterday|last week|at all",
    softeners="thanks|thank you|please|cheers|sorry|then|for sure|thx|many thanks",
    greetings=(
        "hi|hello|hey|hiya|howdy|dear|good morning|good afternoon|good evening|morning|hi there|hello there"
        "|hey there|hi all|hi both|hi team|hello all|hi again|hello again|greetings"
    ),
    closings=(
        "best|best regards|kind regards|warm regards|regards|many thanks|thanks|thank you|thx|cheers|all the best"
        "|best wishes|yours|yours sincerely|sincerely|yours truly|with best regards|with kind regards"
        "|thanks and regards|thanks & regards|thanks and best regards|thanks in advance|see you|see you soon"
        "|see you then|see you thursday|see you tomorrow|talk soon|talk to you soon|speak soon|ttyl|br|rgds|kr"
        "|take care|have a nice day|have a good day|have a great day|have a nice weekend|have a good weekend"
        "|have a great weekend|thanks a lot|thanks so much|thank you very much|thanks again|cordially|warmly"
        "|respectfully|xx|ciao|later"
    ),
    courtesies=(
        "thanks|thank you|thx|ty|many thanks|thanks a lot|thanks so much|thanks a million|thank you so much"
        "|thank you very much|much appreciated|appreciated|cheers|great|ok|okay|k|got it|noted|perfect|nice|cool"
        "|super|awesome|will do|sounds good|all good|good|fine|sure|received|well received|great thanks|ok thanks"
        "|thanks for this|thanks for the reminder|thanks for the summary|thanks for sharing|thank you for this"
        "|thanks for letting me know|no problem|you're welcome|see you|see you then|see you there|see you soon"
        "|see you tomorrow|see you thursday|looking forward to it|looks good|lgtm|excellent|wonderful|brilliant"
        "|lovely|yay|understood|roger|copy that|wow"
    ),
    nothing=(
        "nothing|none|n/a|na|nil|nothing this time|nothing this week|nothing new|-|--|—|–|nothing to report|no"
        "|no action items|no actions|nothing for now"
    ),
    private="private|confidential|privat|privately",
    promise="action|action item|ai|todo|to do|to-do|task|ap|action point",
    will="will|to|shall|is going to|is to|has to|needs to|should|must|'ll",
    i_will="i will|i'll|i shall|i am going to|i'm going to|i need to|i have to",
    near_done=(
        "done|x|finished|completed|complete|did it|did this|all done|done it|done that|done this|i did|i did it"
        "|i did this|it's done|it is done|this is done|is done|that's done|this is finished|already done"
        "|has been done|was done|closed|yes|yes done|done and dusted|ticked|delivered|shipped|resolved|now done"
        "|i have done it|i've done it|i have done this"
    ),
    near_drop=(
        "dropped|drop|drop it|drop this|drop that|no longer needed|not needed|not needed anymore"
        "|not needed any more|no longer relevant|not relevant anymore|obsolete|cancelled|canceled|won't do"
        "|will not do|wontfix|won't fix|let's drop it|let's drop this|we dropped it|we dropped this|abandoned"
        "|scrapped|we can drop this|we can drop it|can be dropped|no need|no need anymore|not necessary anymore"
        "|no longer necessary|skipped for good|can go"
    ),
    near_move=(
        "moved to|move to|move it to|moving to|moved|move|push to|push it to|pushed to|pushed|postponed to"
        "|postponed until|postpone to|postpone until|postponed|delayed to|delayed until|delay to|delay until"
        "|shift to|shifted to|rescheduled to|reschedule to|new date|now|will do|will be done|will finish"
        "|i will finish|i will finish it|i'll finish|i'll finish it|will be finished|should be done|due|now due"
        "|will do it|i'll do it|i will do it|i'll do this|i will do this|i'll do that|will have it|done|eta|ready"
        "|expected|to be done|extend to|extended to|extend until|needs until|i need until|need until"
    ),
    hedges=(
        "but|except|almost|nearly|partly|partially|mostly|not|half|apart|still|until|waiting|pending|maybe|probably"
        "|soon|if|when|once|should|will|by|before|after|however|though|although|yet|hopefully|never|no|unless"
        "|tomorrow|next|can't|cannot|won't|isn't|wasn't|depends|some|most|part"
    ),
    away=(
        "out|out of office|out of the office|ooo|vacation|on vacation|holiday|on holiday|on leave|leave|away|pto"
        "|on pto|off|day off|days off|annual leave|parental leave|sick|travelling|traveling|not available"
        "|unavailable|i'm out|i'm off|i'm away|i am out|out sick|taking off|not in|not in the office"
    ),
    back=(
        "back|back on|back in|back in the office|back in the office on|return|returning|returning on|return on"
        "|i return|returns|be back|be back on|available again|available again on|available again from"
        "|back at work on|back at my desk on|return to the office on|returning to the office on|return to work on"
        "|in the office again on|again on"
    ),
    asks={
        "lead": (
            "can we|could we|can you|could you|may we|shall we|should we|let's|let us|would it be possible to"
            "|is it possible to|how about|what about|any chance of|any chance we could|any chance we can"
            "|any chance to|maybe we can|maybe we could|any time|anytime|can't make it|i can't make it"
            "|i cannot make it|cannot make it|rather|i'd prefer|i would prefer|i prefer|better|i'd rather"
            "|does it work|would it work|i can only do|i can only make|would|make it|reschedule|reschedule to"
            "|reschedule for|move us|bring it forward to|moving to|moving it to|postpone|postponing to|new time"
            "|new proposal|my proposal|proposal|alternatively|can our 1:1 be|could our 1:1 be|need to reschedule"
        ),
        "fill": (
            "please|i can do|i could do|i can|i could|we|move|move it|move this|move that|move us|move our 1:1"
            "|move the 1:1|move the meeting|move our meeting|move our one-on-one|move the one-on-one|move our chat"
            "|move our call|move today|push|push it|push this|push us|postpone|postpone it|postpone this|reschedule"
            "|reschedule it|reschedule this|shift|shift it|shift this|swap|swap it|switch|switch it|change"
            "|change it|delay|delay it|bring it forward|bring it|do|do it|do this|meet|talk|speak|catch up|have it"
            "|have our 1:1|start|start it|begin|make it|try|say|have|use|take|go for|to|for|until|does|it|our 1:1"
            "|the meeting|only|rather|better|instead|we could do|also|then|maybe|out to|over to|around|a bit|it be"
            "|be"
        ),
        "tail": (
            "works better|works better for me|work better|would work better|would work better for me"
            "|would be better|would be better for me|is better|is better for me|better|instead|is fine|is fine too"
            "|would be fine|would work|would work for me|suits me better|suits me|would suit me better"
            "|would suit me|is easier|would be easier|would be great|would be good|would be nice|would be perfect"
            "|would be ideal|would help|instead of today|rather"
        ),
        "after": (
            "please|if possible|if that works|if that works for you|if it works for you|if ok|if okay|if that's ok"
            "|if you can|if you don't mind|ok|okay|possible|then|thanks|thank you|good|for me|for you|too|work"
            "|work for you|works|works for me|is good|be ok|be possible|be better|work better|maybe|perhaps|be fine"
            "|be good|suit you|ok with you|okay for you|ok for you|or so|i guess|that day|today"
        ),
        "wish": (
            "i need to|i have to|need to|have to|i'd like to|i would like to|i want to|can i|could i|may i|sorry"
            "|sorry i need to|i must|i would prefer to|i'd prefer to|i would rather|may i ask to"
        ),
        "object": (
            "move it|move this|move us|move our 1:1|move the 1:1|move the meeting|move our meeting"
            "|move our one-on-one|move the one-on-one|move our chat|move our call|push it|push our 1:1|push this"
            "|postpone|postpone it|postpone our 1:1|reschedule|reschedule it|reschedule this|reschedule our 1:1"
            "|shift it|shift our 1:1|delay it|meet|change it"
        ),
        "later": "later|after|back|back by|later by",
        "earlier": "earlier|before|sooner|earlier by",
        "half hour": "half an hour|half hour|half-hour",
    },
)
