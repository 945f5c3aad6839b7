// What synthetic assets are made of. All of it is invented, and every name says so.

/** What stands behind every name. */
export const marked = (name: string) => `${name} (synthetic)`;

export const firstWords =
  `Acorn Alder Amber Anchor Ash Aspen Bay Beacon Beech Birch Bluebell Bramble Briar Brook Canal Cedar Chapel Cherry Clover
  Compass Copper Crescent Dove Eagle Elder Elm Fern Forge Foxglove Garden Gate Hawthorn Hazel Heath Heather Heron Holly Ivy Jubilee Juniper
  Kestrel Kingfisher Lark Laurel Lime Linden Maple Meadow Mill Mulberry Oak Orchard Otter Park Pear Pine Poplar Quarry Robin Rowan Saffron
  Sage Spring Star Station Swan Thistle Thorn Trinity Unity Valley Victoria Vine Walnut Well Willow Wren Yew`.split(
    /\s+/,
  );

export const placeSorts = [
  "Community centre",
  "Village hall",
  "Library",
  "Church hall",
  "Leisure centre",
  "Health centre",
  "Pavilion",
  "Family centre",
  "School hall",
  "Park",
  "Allotment",
  "Café",
];

export const activities = [
  "Tea and talk",
  "Lunch club",
  "Walking group",
  "Seated exercise",
  "Art afternoon",
  "Singing together",
  "Advice drop-in",
  "Coffee morning",
  "Cooking together",
  "Parents and toddlers",
  "Computer help",
  "Gardening morning",
  "Quiet hour",
  "Dance class",
  "Book group",
  "Repair café",
  "Swimming session",
  "Breathing and movement",
  "Board games",
  "Language café",
  "Job club",
  "Film afternoon",
  "Craft table",
  "Memory café",
  "Youth evening",
  "Debt advice session",
  "Community larder",
  "Tai chi",
  "Knit and natter",
  "Peer support evening",
];

export const groups = [
  "Neighbours",
  "Carers' circle",
  "Friends",
  "Growers",
  "Walkers",
  "Players",
  "Choir",
  "Menders",
  "Parents' group",
  "Welcome group",
  "Breathe Easy group",
  "Residents' association",
  "Women's group",
  "Men's shed",
  "Listeners",
];

export const organisations = [
  "Trust",
  "Charity",
  "Community Action",
  "Partnership",
  "Foundation",
  "Advice Service",
  "Care Network",
  "Together",
  "Volunteers",
  "Housing Association",
];

export const people = [
  "Anybody who lives near",
  "Older people",
  "People who care for somebody",
  "Parents and their children",
  "People who are new here",
  "Young people",
  "People with a long illness",
  "People who would like company",
  "People out of work",
  "Disabled people and their friends",
];

export const doings = [
  "meet over a cup of tea",
  "learn something and pass it on",
  "keep moving at their own pace",
  "talk with somebody who has been there",
  "get help with letters, bills and forms",
  "make things with their hands",
  "share a hot meal",
  "get out into the fresh air",
  "find out what else there is",
  "look after a garden together",
];

export const sentences = [
  "Come on your own or bring somebody along.",
  "You need not book, and you can leave whenever you like.",
  "There is a kettle on all the time.",
  "A volunteer meets you at the door when it is your first time.",
  "Somebody rings you back within two working days.",
  "The room is on the ground floor at the end of the corridor.",
  "Bring a friend, a carer or a support worker.",
  "Dogs on a lead are welcome.",
  "There are two buses an hour, and a place to leave a bicycle.",
  "Everything that is needed is there.",
  "It goes on all year except in the last week of December.",
  "We speak several languages between us.",
  "Ask at the desk, and somebody will show you the way.",
  "You are asked for a small sum towards the room, if you can spare it.",
];
