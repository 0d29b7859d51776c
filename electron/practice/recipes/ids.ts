/** The ids of the recipes. They never change, so that bookmarks outlive a restart. Public ones have 36 hex digits (wire 3). */
export const RECIPE = {
  echo: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0001',
  wordCount: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0002',
  thumbnailSheet: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0003',
  grey: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0004',
  hashFiles: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0005',
  csvToJson: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0006',
  slowSteps: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0007',
  chatOnly: '6f0f2a518c1e4f0b9a540d5b7c1e00080008',
  failsHalfway: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0009',
  noOutput: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0010',
  failsAfterOutput: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0011',
  joinText: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0012',
  pictureFromText: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0013',
  missingBlock: '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0014',
  ghost: '6f0f2a518c1e4f0b9a540d5b7c1e00150015',
} as const;
