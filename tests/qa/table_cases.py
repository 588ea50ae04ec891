"""Questions to the articles of `tests.qa.table_articles`, with the cells that answer, or that none does."""

from typing import NamedTuple


class TableCase(NamedTuple):
    """A question; `rows` must be cited, each named by its first cell, and `answer` is the short one, if there is one.

    No rows: the table does not answer it, and no cell may be given for an answer.
    """

    question: str
    rows: tuple[str, ...] = ()
    answer: str | None = None


CELLS = (
    TableCase("How many people work in Arrow Mill?", ("Arrow Mill",), "95"),
    TableCase("When did the Hale brewery open?", ("Hale",), "1974"),
    TableCase("How many staff are there at Port Idris?", ("Port Idris",), "148"),
    TableCase("What does a child's return ticket cost?", ("Child",), "£7.40"),
    TableCase("How much is a single ticket for a senior?", ("Senior",), "£7.00"),
    TableCase("When does the second train leave Dunmere?", ("Dunmere",), "07.40"),
    TableCase("When does the last train leave Sallow?", ("Sallow",), "23.01"),
    TableCase("What was the turnout in Mill Lane in 2026?", ("Mill Lane",), "52.3"),
    TableCase("Who won in Castle ward?", ("Castle",), "Ana Dray"),
    TableCase("What was the turnout in Riverside South in 2022?", ("Riverside South",), "36.1"),
    TableCase("How much rain fell in Crane Bay in October?", ("Crane Bay",), "97 mm"),
    TableCase("What was the mean temperature in Orford Quay in September?", ("Orford Quay",), "15.2 °C"),
    TableCase("How many beds does Westfield Infirmary have?", ("Beds",), "412"),
    TableCase("How many employees does Lady Margaret have?", ("Employees",), "3,150"),
    TableCase("How many births were there at Westfield Infirmary in 2025?", ("Births in 2025",), "1,034"),
    TableCase("How many silver medals did Sarn win?", ("Sarn",), "11"),
    TableCase("How many gold medals did Lower Teal get?", ("Lower Teal",), "3"),
    TableCase("How long is the Tavel?", ("Tavel",), "311"),
    TableCase("What does the Little Lyn flow into?", ("Little Lyn",), "Great Lyn"),
    TableCase("What is the spending of the Transport ministry?", ("Transport",), "1.1 billion"),
    TableCase("How many passengers a day use the stop at Juniper Gate?", ("Juniper Gate",), "569"),
    TableCase("In which zone is the stop Elm Park?", ("Elm Park",), "5"),
    TableCase("When does the museum close on Friday?", ("Friday",), "8 pm"),
    TableCase("How did the council of Hexton vote?", ("Hexton",), "against"),
    TableCase("On what date did Tilling council vote?", ("Tilling",), "12 March"),
    TableCase("When was the Ferry Bridge built?", ("Ferry Bridge",), "1934"),
    TableCase("What is the height of Holm Viaduct?", ("Holm Viaduct",), "44"),
)
ORDERS = (
    TableCase("Which brewery has the most staff?", ("Colbeck",), "Colbeck"),
    TableCase("Which brewery has the fewest staff?", ("Little Tarry",), "Little Tarry"),
    TableCase("Which brewery in Sarn has the most staff?", ("Hale",), "Hale"),
    TableCase("Which ticket has the cheapest single fare?", ("Child",), "Child"),
    TableCase("Which ward had the highest turnout in 2022?", ("Riverside North",), "Riverside North"),
    TableCase("Which country won the most gold medals?", ("Wenland", "Sarn")),
    TableCase("Which country won the second most silver medals?", ("Sarn",), "Sarn"),
    TableCase("Which is the longest river?", ("Tavel",), "Tavel"),
    TableCase("What is the oldest brewery?", ("Colbeck",), "Colbeck"),
    TableCase("Which stop has the most passengers a day?", ("Fir Park",), "Fir Park"),
    TableCase("Which bridge has the greatest height?", ("Holm Viaduct",), "Holm Viaduct"),
    TableCase("Which is the second longest river?", ("Aske",), "Aske"),
)
LISTS = (
    TableCase("Which breweries are in Sarn?", ("Arrow Mill", "Little Tarry", "Hale")),
    TableCase("Which councils voted against the bypass?", ("Hexton", "Marlow Cross")),
    TableCase("Which rivers flow into the North Sea?", ("Aske", "Tavel")),
    TableCase("Which rivers rise in Corrie Moss?", ("Brun", "Little Lyn")),
)
CONDITIONS = (
    TableCase("Which departments have more than 25 staff?", ("Roads", "Planning")),
    TableCase("Which departments have at least 25 staff?", ("Roads", "Libraries", "Planning")),
    TableCase("Which departments have 25 or more staff?", ("Roads", "Libraries", "Planning")),
    TableCase("Which departments employ fewer than twenty people?", ("Parks",), "Parks"),
    TableCase("Which departments have no more than 25 staff?", ("Parks", "Libraries")),
    TableCase("Which departments have between 12 and 31 staff?", ("Roads", "Parks", "Libraries")),
    TableCase("Which department has exactly 44 staff?", ("Planning",), "Planning"),
    TableCase("How many departments have over 25 staff?", ("Roads", "Planning")),  # nobody has counted them
    TableCase("Which departments had a budget in 2025 of less than £1 million?", ("Parks", "Libraries")),
    TableCase("Which departments had sick leave of at least 6 %?", ("Parks", "Planning")),
    TableCase("Which departments had sick leave under 4 per cent?", ("Libraries",), "Libraries"),
    TableCase("Which departments have a smaller budget in 2025 than in 2024?", ("Roads", "Libraries")),
    TableCase("Which department has a bigger budget in 2025 than in 2024?", ("Parks",), "Parks"),
    TableCase("Which countries won more gold than silver medals?", ("Wenland", "Sarn", "Lower Teal")),
    TableCase("Which towns lost over 40 houses?", ("Anselm", "Dunsey")),
    TableCase("Which towns had damage of more than 10 million crowns?", ("Anselm", "Dunsey")),
    TableCase("Which rivers are longer than 200 km?", ("Aske", "Tavel")),
    TableCase("Which rivers are at least 168 km long?", ("Aske", "Tavel", "Great Lyn")),
    TableCase("Which rivers are shorter than 50 kilometres?", ("Little Lyn",), "Little Lyn"),
    TableCase("Which breweries in Sarn have more than 90 staff?", ("Arrow Mill", "Hale")),
    TableCase("Which wards have an electorate of up to 4,210?", ("Castle", "Mill Lane")),
)
SUMS = (
    TableCase("How many people work in Hale and Colbeck together?", ("Hale", "Colbeck")),
    TableCase("How many more silver medals did Ostmark win than Wenland?", ("Ostmark", "Wenland")),
)
LEFT_OPEN = (
    TableCase("How many breweries are in Sarn?", ("Arrow Mill", "Little Tarry", "Hale")),  # nobody has counted them
    TableCase("How much is a child ticket?", ("Child",)),  # single or return
    TableCase("What was the turnout in Castle ward?", ("Castle",)),  # of which year
    TableCase("What was the turnout in Riverside in 2022?", ("Riverside North", "Riverside South")),
    TableCase("How long is the Lyn?", ("Great Lyn", "Little Lyn")),
)
NOT_OF_THE_TABLE = (
    TableCase("How many people work in Whitby Tor?"),  # no such row
    TableCase("How many people live in Arrow Mill?"),  # no such column
    TableCase("What does Colbeck earn in a year?"),
    TableCase("What does a student's return ticket cost?"),
    TableCase("Which ward had the highest turnout in 2026?"),  # a cell is empty
    TableCase("What was the turnout in Riverside North in 2026?"),  # and it is this one
    TableCase("What was the turnout in Castle ward in 2018?"),
    TableCase("Which ministry has the highest spending?"),  # "about 90 million"
    TableCase("How many staff were dismissed in Arrow Mill?"),
    TableCase("Which country has the most staff?"),  # a country's are not told
    TableCase("How many doctors does Lady Margaret have?"),
    TableCase("How deep is the Tavel?"),
    TableCase("How many passengers a day use the stop at Juniper Lane?"),
    TableCase("When does the museum close on Saturday?"),
    TableCase("What does the repair of the Sand Bridge cost?"),
    TableCase("Which hospital has more beds, Lady Margaret or Westfield?"),
    TableCase("Which of the two hospitals has more beds than Lady Margaret?"),
    TableCase("When does the third train leave Dunmere?"),
    TableCase("Which departments have more than 50 staff?"),  # none has, and the total is no department
    TableCase("Which departments have more than 25 permanent staff?"),
    TableCase("Which departments had more than 25 staff in 2019?"),
    TableCase("Which departments have a budget of more than £1 million?"),  # of which year
    TableCase("Which departments had a budget in 2025 of more than €1 million?"),
    TableCase("Which departments had sick leave of more than 5 days?"),
    TableCase("Which departments do not have more than 25 staff?"),
    TableCase("Which departments have more than 20 staff and fewer than 40 staff?"),
    TableCase("Which towns had more than 1,000 people without power?"),  # "about 800"
    TableCase("Which towns had damage of more than 10?"),  # of what
    TableCase("Which towns had damage of more than 10 houses?"),
    TableCase("Which towns lost over 40 people?"),
    TableCase("Which wards had a turnout of at least 45 % in 2026?"),  # a cell is empty
    TableCase("Which wards had a higher turnout in 2026 than in 2022?"),
    TableCase("Which rivers are longer than 100 miles?"),
    TableCase("Which rivers are deeper than 100 km?"),
    TableCase("Which breweries opened more than 20 sites?"),
    TableCase("Which ministries spend more than 1 billion?"),
)
