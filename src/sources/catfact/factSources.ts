/**
 * Who vouches for each cat fact, by its id: title and publisher or journal, with a DOI where there is
 * one. For those who keep the facts, not for chats: nothing in the Worker reads it, so that it costs
 * the bundle nothing.
 */
export const factSources: Readonly<Record<string, string>> = {
  'no-sweet-taste':
    "Pseudogenization of a sweet-receptor gene accounts for cats' indifference toward sugar, PLoS Genetics (2005), doi:10.1371/journal.pgen.0010003",
  umami:
    'Umami taste perception and preferences of the domestic cat (Felis catus), an obligate carnivore, Chemical Senses (2023)',
  lapping: 'How cats lap: water uptake by Felis catus, Science (2010), doi:10.1126/science.1195421',
  'hollow-papillae':
    'Cats use hollow papillae to wick saliva into fur, PNAS (2018), doi:10.1073/pnas.1809544115',
  'hearing-range': 'Hearing range of the domestic cat, Hearing Research (1985)',
  ultraviolet:
    'The spectral transmission of ocular media suggests ultraviolet sensitivity is widespread among mammals, Proceedings of the Royal Society B (2014), doi:10.1098/rspb.2013.2995',
  'slit-pupils':
    'Why do animal eyes have pupils of different shapes?, Science Advances (2015), doi:10.1126/sciadv.1500391',
  eyeshine:
    'Comparative morphology of the tapetum lucidum (among selected species), Veterinary Ophthalmology (2004)',
  'third-eyelid': 'Eye Structure and Function in Cats, Merck Veterinary Manual',
  'dim-light': 'The absolute threshold for vision in the cat, The Journal of Physiology (1951)',
  'two-cone-colours':
    'The distribution and nature of colour vision among the mammals, Biological Reviews (1993)',
  'deep-whiskers': 'Why Do Cats Have Whiskers?, VCA Animal Hospitals',
  'wrist-whiskers': 'Why Do Cats Have Whiskers?, VCA Animal Hospitals',
  'floating-collarbone':
    'Lola C. Hudson and William P. Hamilton, Atlas of Feline Anatomy for Veterinarians',
  'walks-on-toes': 'Cat, Encyclopaedia Britannica',
  'sheathed-claws': 'Cat, Encyclopaedia Britannica',
  'extra-toes-switch':
    'Point mutations in a distant sonic hedgehog cis-regulator generate a variable regulatory output responsible for preaxial polydactyly, Human Molecular Genetics (2008)',
  teeth: 'Feline Dental Disease, Cornell Feline Health Center',
  'warm-body': 'Normal Rectal Temperature Ranges, Merck Veterinary Manual',
  'first-genome':
    'Initial sequence and comparative analysis of the cat genome, Genome Research (2007)',
  'tiger-cousin':
    'The tiger genome and comparative analysis with lion and snow leopard genomes, Nature Communications (2013), doi:10.1038/ncomms3433',
  'tumbling-photos': 'Photographs of a Tumbling Cat, Nature 51 (1894)',
  'jumping-legs':
    'The relationship between maximum jumping performance and hind limb morphology/physiology in domestic cats (Felis silvestris catus), Journal of Experimental Biology (2002)',
  'purr-both-ways':
    'Neural and mechanical mechanisms of feline purring, Respiration Physiology (1972)',
  'blood-types':
    'The AB blood group system of cats, Animal Blood Groups and Biochemical Genetics (1981)',
  'calico-girls':
    'A deletion at the X-linked ARHGAP36 gene locus is associated with the orange coloration of tortoiseshell and calico cats, Current Biology (2025)',
  'siamese-points':
    'Tyrosinase mutations associated with Siamese and Burmese patterns in the domestic cat (Felis catus), Animal Genetics (2005)',
  'king-cheetah-tabby':
    'Specifying and sustaining pigmentation patterns in domestic and wild cats, Science (2012), doi:10.1126/science.1220893',
  'sphynx-keratin':
    'The naked truth: Sphynx and Devon Rex cat breed mutations in KRT71, Mammalian Genome (2010)',
  'paw-preference':
    'Lateralization of spontaneous behaviours in the domestic cat, Felis silvestris, Animal Behaviour (2018)',
  'owner-voice':
    'Vocal recognition of owners by domestic cats (Felis catus), Animal Cognition (2013), doi:10.1007/s10071-013-0620-4',
  'own-name':
    'Domestic cats (Felis catus) discriminate their names from other words, Scientific Reports (2019), doi:10.1038/s41598-019-40616-4',
  'friend-names':
    'Cats learn the names of their friend cats in their daily lives, Scientific Reports (2022)',
  'slow-blink':
    'The role of cat eye narrowing movements in cat–human communication, Scientific Reports (2020), doi:10.1038/s41598-020-73426-0',
  'pleading-purr':
    'The cry embedded within the purr, Current Biology (2009), doi:10.1016/j.cub.2009.05.033',
  attachment:
    'Attachment bonds between domestic cats and humans, Current Biology (2019), doi:10.1016/j.cub.2019.08.036',
  'tail-up':
    'The social function of tail up in the domestic cat (Felis silvestris catus), Behavioural Processes (2009)',
  'owner-map':
    "Socio-spatial cognition in cats: Mentally mapping owner's location from voice, PLOS ONE (2021)",
  'baby-talk':
    'Discrimination of cat-directed speech from human-directed speech in a population of indoor companion cats (Felis catus), Animal Cognition (2023)',
  'facial-signals':
    'Feline faces: Unraveling the social function of domestic cat facial signals, Behavioural Processes (2023)',
  fetching:
    'Fetching felines: a survey of cat owners on the diversity of cat (Felis catus) fetching behaviour, Scientific Reports (2023)',
  'free-lunch':
    'Domestic cats (Felis catus) prefer freely available food over food that requires effort, Animal Cognition (2021)',
  'catnip-inherited':
    'Inheritance of the catnip response in domestic cats, Journal of Heredity (1962)',
  'silver-vine':
    'Responsiveness of cats (Felidae) to silver vine, Tatarian honeysuckle, valerian and catnip, BMC Veterinary Research (2017), doi:10.1186/s12917-017-0987-6',
  'mosquito-rub':
    'The characteristic response of domestic cats to plant iridoids allows them to gain chemical defense against mosquitoes, Science Advances (2021), doi:10.1126/sciadv.abd9135',
  'illusory-box':
    'If I fits I sits: A citizen science investigation into illusory contour susceptibility in domestic cats (Felis silvestris catus), Applied Animal Behaviour Science (2021)',
  'cat-music': 'Cats prefer species-appropriate music, Applied Animal Behaviour Science (2015)',
  'half-asleep':
    'Animal sleep: a review of sleep duration across phylogeny, Neuroscience and Biobehavioral Reviews (1984)',
  'flea-comb': 'Grooming and control of fleas in cats, Applied Animal Behaviour Science (2000)',
  'early-handling':
    'Eileen Karsh and Dennis Turner, The human-cat relationship, in The Domestic Cat: The Biology of its Behaviour, Cambridge University Press (1988)',
  'newborn-kittens':
    'John Bradshaw, Rachel Casey and Sarah Brown, The Behaviour of the Domestic Cat, CABI (2012)',
  'many-fathers':
    'High variation in multiple paternity of domestic cats (Felis catus L.) in relation to environmental conditions, Proceedings of the Royal Society B (1999)',
  'meow-for-people':
    'The signalling repertoire of the domestic cat and its undomesticated relatives, in The Domestic Cat: The Biology of its Behaviour, Cambridge University Press (2000)',
  'scratching-message':
    'AAFP and ISFM Feline Environmental Needs Guidelines, Journal of Feline Medicine and Surgery (2013)',
  taurine:
    'Myocardial failure in cats associated with low plasma taurine: a reversible cardiomyopathy, Science (1987)',
  'no-carrots': 'Nutrient Requirements of Dogs and Cats, National Research Council (2006)',
  lilies:
    'Lovely Lilies and Curious Cats: A Dangerous Combination, U.S. Food and Drug Administration',
  onions: 'Garlic and Onion (Allium spp) Toxicosis in Animals, Merck Veterinary Manual',
  'human-years': "How to Tell Your Cat's Age in Human Years, International Cat Care",
  allergen:
    'An update on molecular cat allergens: Fel d 1 and what else?, Allergy, Asthma & Clinical Immunology (2018)',
  copycat: 'A cat cloned by nuclear transplantation, Nature (2002), doi:10.1038/nature723',
  'eight-lineages':
    'The late Miocene radiation of modern Felidae: a genetic assessment, Science (2006), doi:10.1126/science.1122277',
  'cheetah-purr': "Cheetah, Smithsonian's National Zoo and Conservation Biology Institute",
  'round-pupils': "Pallas's cat, IUCN SSC Cat Specialist Group",
  'sand-cat-feet': 'Sand cat, IUCN SSC Cat Specialist Group',
  'fishing-cat': 'Fishing cat, IUCN SSC Cat Specialist Group',
  'wildcat-ancestor':
    'The Near Eastern origin of cat domestication, Science (2007), doi:10.1126/science.1139518',
  'cyprus-grave': 'Early taming of the cat in Cyprus, Science (2004), doi:10.1126/science.1095335',
  'ship-travellers':
    'The palaeogenetics of cat dispersal in the ancient world, Nature Ecology & Evolution (2017), doi:10.1038/s41559-017-0139',
  eyebrows: 'Herodotus, Histories, book 2, chapter 66',
  bastet: 'Bastet, Encyclopaedia Britannica',
  'pangur-ban': "Reichenau Primer, St. Paul's Abbey, Lavanttal, Austria",
  'manuscript-paws': 'Curious Cat Walks Over Medieval Manuscript, National Geographic (2013)',
  'king-sukjong': '이익, 성호사설 만물문 「금묘」 (Yi Ik, Seongho Saseol, 18th century)',
  'byeon-the-cat': '변상벽 「묘작도」, 국립중앙박물관 (National Museum of Korea)',
  'cat-and-butterfly': '김홍도 「황묘농접」, 간송미술관 (Kansong Art Museum)',
  'emperor-diary': 'Diary of Emperor Uda (寛平御記, Kanpyō gyoki), 889',
  genji: 'Murasaki Shikibu, The Tale of Genji, chapter Wakana',
  'i-am-a-cat': 'Natsume Sōseki, I Am a Cat (1905–1906)',
  freyja: 'Snorri Sturluson, Prose Edda, Gylfaginning',
  'exeter-payroll': 'Obit accounts of 1305–1467, Exeter Cathedral',
  'chaucer-hole': "Geoffrey Chaucer, The Canterbury Tales, The Miller's Tale",
  'cat-in-the-hat': 'The Cat in the Hat, Encyclopaedia Britannica',
  'clarinet-cat': 'Peter and the Wolf, Encyclopaedia Britannica',
  'cat-duet': 'G. Berthold, Duetto buffo di due gatti (1825)',
  'cats-musical': "Old Possum's Book of Practical Cats, Encyclopaedia Britannica",
  'cat-coauthor':
    'Two-, three-, and four-atom exchange effects in bcc 3He, Physical Review Letters (1975), doi:10.1103/PhysRevLett.35.1442',
  schrodinger: 'Die gegenwärtige Situation in der Quantenmechanik, Die Naturwissenschaften (1935)',
  'boxing-cats': "The boxing cats (Prof. Welton's), Library of Congress (1894)",
  'crystal-palace': 'Harrison Weir, Our Cats and All About Them (1889)',
  'simon-medal': 'PDSA Dickin Medal roll of honour, PDSA',
  trim: 'Matthew Flinders, A Biographical Tribute to the Memory of Trim (written 1809)',
  'space-cat': 'A Brief History of Animals in Space, NASA',
  'creme-puff': 'Oldest cat ever, Guinness World Records',
  towser: 'Greatest mouser, Guinness World Records',
  'station-master': 'Wakayama Electric Railway, Kishi Station',
  'downing-street': 'Larry, Chief Mouser, History of 10 Downing Street, GOV.UK',
  hermitage: 'The Hermitage Cats, The State Hermitage Museum',
  'white-house-siamese':
    'David B. Sickels to Lucy Webb Hayes, 1 November 1878, Rutherford B. Hayes Presidential Center',
  catgut: 'Catgut, Encyclopaedia Britannica',
  'tabby-silk': 'Tabby, Merriam-Webster Dictionary',
  'road-studs': 'Shaw, Percy, Oxford Dictionary of National Biography',
  'kindle-clowder': 'Clowder and Kindle, Merriam-Webster Dictionary',
  'cat-day': 'International Cat Day, International Cat Care',
};
