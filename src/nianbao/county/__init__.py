"""The upper office: what thirty units sent in, as one.

Knows who is to send a report, which file stands for whom, what all of them add
up to, and what is said to a unit whose report goes back. An upper office never
changes a lower one's figure: what was rejected is returned, and what is missing
is named. Knows neither folders nor commands, and prints nothing.
"""
