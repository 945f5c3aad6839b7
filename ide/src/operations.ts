const effectParts = `
  recordId
  relationship
  from { id name kind }
  to { id name kind }
  asset { id name kind }
  before
  after`;

const changeParts = `
  id
  at
  appliedAt
  sequence
  by
  kind
  status
  subjectId
  summary
  reason
  before
  after
  effects {${effectParts}
  }
  conflicts { code message otherChange { id summary by } }
  undoes { id }
  undoneBy { id }`;

const stateParts = `
  id
  kind
  name
  status
  version
  fields
  links {
    id
    relationship
    from { id name kind }
    to { id name kind }
    fields
    isEnding
    proposal { id kind summary status by at }
  }
  proposals {${changeParts}
  }`;

const workshopParts = `
  id
  name
  open
  sample
  startedAt
  closedAt
  isFacilitator
  sequence
  area { id name slug }
  joinCode { code expiresAt }`;

const madeParts = `
    change { id status summary subjectId sequence }
    userErrors { code message field }`;

const conflictingParts = `
    conflictingChange { id summary by at }${madeParts}`;

const duplicatesParts = `
    possibleDuplicates { score reasons asset { id name kind } }${madeParts}`;

const refusedParts = `
    conflicts { code message change { id summary } otherChange { id summary by } }
    userErrors { code message field }`;

/** Every operation that the workshop sends, by its name: what is shown is what is sent. test/ideOperations.test.ts holds each against the schema. */
export const operations = {
  Viewer: `query Viewer {
  viewer {
    by
    role
    areas { id name }
    organisations { id name }
    workshops
  }
}`,

  Workshops: `query Workshops {
  workshops(first: 50) {
    edges {
      node {${workshopParts}
      }
    }
  }
}`,

  OneWorkshop: `query OneWorkshop($id: ID!) {
  workshop(id: $id) {${workshopParts}
  }
}`,

  Board: `query Board($workshop: ID!, $after: String) {
  workshop(id: $workshop) {
    board(first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {${stateParts}
        }
      }
    }
  }
}`,

  WorkshopSince: `query WorkshopSince($workshop: ID!, $since: Int!) {
  workshop(id: $workshop) {
    open
    sequence
    changes(since: $since, first: 100) {
      pageInfo { hasNextPage }
      edges {
        node {${changeParts}
        }
      }
    }
  }
}`,

  WorkshopChanged: `subscription WorkshopChanged($workshop: ID!, $since: Int!) {
  workshopChanged(id: $workshop, since: $since, first: 50) {
    sequence
    changes {${changeParts}
    }
  }
}`,

  LatestChanges: `query LatestChanges {
  changes(first: 50) {
    edges {
      node {${changeParts}
      }
    }
  }
}`,

  Asset: `query Asset($id: ID!, $workshop: ID) {
  asset(id: $id, workshop: $workshop) {${stateParts}
  }
}`,

  SuggestAssets: `query SuggestAssets($text: String!) {
  suggest(text: $text, first: 20) {
    text
    node {
      __typename
      id
      ... on Asset { name summary }
    }
  }
}`,

  SearchAssets: `query SearchAssets($text: String!) {
  search(text: $text, first: 10) {
    edges {
      node { __typename id name summary }
    }
  }
}`,

  Conditions: `query Conditions($after: String) {
  conditions(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges {
      node { id name slug terms }
    }
  }
}`,

  Areas: `query Areas($name: String!) {
  areas(name: $name, first: 15) {
    edges {
      node { id name kind slug }
    }
  }
}`,

  Locate: `query Locate($text: String!) {
  locate(text: $text) {
    matches { area { id name kind slug } }
  }
}`,

  Referrers: `query Referrers($after: String) {
  referrers(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges {
      node { id name slug }
    }
  }
}`,

  PossibleDuplicates: `query PossibleDuplicates($input: PossibleDuplicatesInput!) {
  possibleDuplicates(input: $input) {
    score
    reasons
    asset { id name kind }
  }
}`,

  JoinWorkshop: `mutation JoinWorkshop($input: JoinWorkshopInput!) {
  joinWorkshop(input: $input) {
    token
    expiresAt
    workshop { id name }
    userErrors { code message field }
  }
}`,

  StartWorkshop: `mutation StartWorkshop($input: StartWorkshopInput!) {
  startWorkshop(input: $input) {
    workshop {${workshopParts}
    }
    userErrors { code message field }
  }
}`,

  RenewJoinCode: `mutation RenewJoinCode($input: RenewJoinCodeInput!) {
  renewJoinCode(input: $input) {
    workshop { id joinCode { code expiresAt } }
    userErrors { code message field }
  }
}`,

  CloseWorkshop: `mutation CloseWorkshop($input: CloseWorkshopInput!) {
  closeWorkshop(input: $input) {
    workshop { id open closedAt }
    userErrors { code message field }
  }
}`,

  CreateGroup: `mutation CreateGroup($input: CreateGroupInput!) {
  createGroup(input: $input) {${duplicatesParts}
  }
}`,

  CreateActivity: `mutation CreateActivity($input: CreateActivityInput!) {
  createActivity(input: $input) {${duplicatesParts}
  }
}`,

  CreateOrganisation: `mutation CreateOrganisation($input: CreateOrganisationInput!) {
  createOrganisation(input: $input) {${duplicatesParts}
  }
}`,

  CreatePlace: `mutation CreatePlace($input: CreatePlaceInput!) {
  createPlace(input: $input) {${duplicatesParts}
  }
}`,

  UpdateGroup: `mutation UpdateGroup($id: ID!, $expectedVersion: Int!, $input: UpdateGroupInput!) {
  updateGroup(id: $id, expectedVersion: $expectedVersion, input: $input) {${conflictingParts}
  }
}`,

  UpdateActivity: `mutation UpdateActivity($id: ID!, $expectedVersion: Int!, $input: UpdateActivityInput!) {
  updateActivity(id: $id, expectedVersion: $expectedVersion, input: $input) {${conflictingParts}
  }
}`,

  UpdateOrganisation: `mutation UpdateOrganisation($id: ID!, $expectedVersion: Int!, $input: UpdateOrganisationInput!) {
  updateOrganisation(id: $id, expectedVersion: $expectedVersion, input: $input) {${conflictingParts}
  }
}`,

  UpdatePlace: `mutation UpdatePlace($id: ID!, $expectedVersion: Int!, $input: UpdatePlaceInput!) {
  updatePlace(id: $id, expectedVersion: $expectedVersion, input: $input) {${conflictingParts}
  }
}`,

  ArchiveAsset: `mutation ArchiveAsset($input: ArchiveAssetInput!) {
  archiveAsset(input: $input) {${conflictingParts}
  }
}`,

  Link: `mutation Link($input: LinkInput!) {
  link(input: $input) {
    link { id }${madeParts}
  }
}`,

  UpdateLink: `mutation UpdateLink($input: UpdateLinkInput!) {
  updateLink(input: $input) {${conflictingParts}
  }
}`,

  Unlink: `mutation Unlink($input: UnlinkInput!) {
  unlink(input: $input) {${madeParts}
  }
}`,

  Confirm: `mutation Confirm($input: ConfirmInput!) {
  confirm(input: $input) {${madeParts}
  }
}`,

  MergeAssets: `mutation MergeAssets($input: MergeAssetsInput!) {
  mergeAssets(input: $input) {${madeParts}
  }
}`,

  NotTheSame: `mutation NotTheSame($input: NotTheSameInput!) {
  notTheSame(input: $input) {
    isRemembered
    userErrors { code message field }
  }
}`,

  AmendChange: `mutation AmendChange($input: AmendChangeInput!) {
  amendChange(input: $input) {${madeParts}
  }
}`,

  ApproveChanges: `mutation ApproveChanges($input: ApproveChangesInput!) {
  approveChanges(input: $input) {
    changes { id summary sequence }${refusedParts}
  }
}`,

  RejectChanges: `mutation RejectChanges($input: RejectChangesInput!) {
  rejectChanges(input: $input) {
    changes { id summary sequence }${refusedParts}
  }
}`,

  UndoChange: `mutation UndoChange($input: UndoChangeInput!) {
  undoChange(input: $input) {
    change { id status summary subjectId sequence }
    undone { id summary sequence }${refusedParts}
  }
}`,
} as const;
