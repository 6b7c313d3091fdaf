/** Attendance reports as providers export them, of people who are nobody. */

const bytes = (text: string) => Buffer.from(text);

/** Zoom: the webinar first, then a table each of hosts, panellists, attendees and others; a comma at the end of rows. */
export const zoomWebinar = bytes(`Attendee Report,
Report Generated:,"02/19/2026 02:10:33 PM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,Max Concurrent Views,
"Reading the river, together",812 3456 7890,"02/19/2026 09:21:15 AM",231,4,0,3,6,3,
Host Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,
Yes,River Events,events@example.org,"02/19/2026 09:21:15 AM","02/19/2026 01:12:02 PM",231,No,United Kingdom,
Panelist Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,
Yes,Mara Lindqvist (Dr Mara),mara@example.org,"02/19/2026 09:25:00 AM","02/19/2026 01:10:00 PM",225,Yes,Sweden,
Attendee Details,
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,
Yes,Ada Moreau,Ada,Moreau,Ada@Example.org,"01/08/2026 11:20:30 AM",approved,"02/19/2026 09:30:00 AM","02/19/2026 10:00:00 AM",30,Yes,France,
Yes,Ada Moreau,Ada,Moreau,ada@example.org,"01/08/2026 11:20:30 AM",approved,"02/19/2026 10:10:00 AM","02/19/2026 11:00:00 AM",50,Yes,France,
No,Bea Ortiz,Bea,Ortiz,bea@example.org,"01/09/2026 08:00:00 AM",approved,--,--,--,--,--,
Yes,"Cem Aydın, Ankara",Cem,Aydın,cem@example.org,"01/09/2026 09:00:00 AM",approved,"02/19/2026 09:31:00 AM","02/19/2026 01:00:00 PM",209,Yes,Türkiye,
Other Attended,
User Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name,
442079460000,"02/19/2026 09:40:00 AM","02/19/2026 09:52:00 AM",12,United Kingdom,
`);

/** Zoom: a meeting, of which the first table tells as a whole. */
export const zoomMeeting = bytes(`Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
81234567890,Open house,06/03/2026 05:55:00 PM,06/03/2026 08:03:00 PM,events@example.org,128,3

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent
Ada Moreau,ada@example.org,06/03/2026 05:58:00 PM,06/03/2026 08:03:00 PM,125,No,Yes
Bea Ortiz,,06/03/2026 06:10:00 PM,06/03/2026 06:40:00 PM,30,Yes,
Bea Ortiz,,06/03/2026 06:30:00 PM,06/03/2026 07:00:00 PM,30,Yes,
`);

const TEAMS = [
  '1. Summary',
  'Meeting title\tReading the river',
  'Attended participants\t3',
  'Start time\t2/19/26, 9:21:40 AM',
  'End time\t2/19/26, 1:10:02 PM',
  'Meeting duration\t3h 48m 22s',
  'Average attendance time\t1h 40m 3s',
  '',
  '2. Participants',
  'Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole',
  'Ada Moreau\t2/19/26, 9:30:11 AM\t2/19/26, 1:02:00 PM\t1h 2m 3s\tada@example.org\tada@example.org\tPresenter',
  'Zoë "Zo" Ångström\t2/19/26, 9:31:00 AM\t2/19/26, 9:31:45 AM\t45s\tzoe@example.org\tzoe@example.org\tAttendee',
  'Guest of nobody (Unverified)\t2/19/26, 10:00:00 AM\t2/19/26, 10:20:00 AM\t20m\t\t\tAttendee',
  '',
  '3. In-Meeting Activities',
  'Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole',
  'Ada Moreau\t2/19/26, 9:30:11 AM\t2/19/26, 10:00:14 AM\t30m 3s\tada@example.org\tPresenter',
  'Ada Moreau\t2/19/26, 12:30:00 PM\t2/19/26, 1:02:00 PM\t32m\tada@example.org\tPresenter',
].join('\r\n');

/** Teams: UTF-16 with its mark, tabs, and everybody a second time, stay by stay. */
export const teams = Buffer.from(`\ufeff${TEAMS}`, 'utf16le');
/** The same as somebody else's program writes it. */
export const teamsAs = (encoding: 'utf-8' | 'utf-16le, unmarked' | 'utf-16be' | 'utf-16be, unmarked'): Buffer => {
  if (encoding === 'utf-8') return bytes(TEAMS);
  if (encoding === 'utf-16le, unmarked') return Buffer.from(TEAMS, 'utf16le');
  return Buffer.from(encoding === 'utf-16be' ? `\ufeff${TEAMS}` : TEAMS, 'utf16le').swap16();
};

/** GoTo: the session first, then everybody who registered. */
export const goTo = bytes(`"Attendee Report"
"Generated","Feb 19, 2026 02:10 PM GMT"
"General Information"
"Webinar Name","Webinar ID","Scheduled Start Date","Scheduled Duration (minutes)"
"Reading the river","812-345-678","Feb 19, 2026 09:30 AM GMT","210"
"Attendee Details"
"Attended","Interest Rating","Last Name","First Name","Email Address","Registration Date/Time","Join Time","Leave Time","Time in Session (minutes)","Unsubscribed"
"Yes","78","Moreau","Ada","ada@example.org","Jan 08, 2026 11:20 AM GMT","Feb 19, 2026 09:30 AM GMT","Feb 19, 2026 11:00 AM GMT","90","No"
"Yes","40","Aydın","Cem","cem@example.org","Jan 09, 2026 09:00 AM GMT","Feb 19, 2026 09:31 AM GMT","Feb 19, 2026 10:35 AM GMT","1 hour 4 minutes","No"
"No","","Ortiz","Bea","bea@example.org","Jan 09, 2026 08:00 AM GMT","","","",""
`);

export const plain = bytes('email,name,minutes\nada@example.org,Ada Moreau,62\nbea@example.org,Bea Ortiz,0\n');
