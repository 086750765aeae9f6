export async function showArea(): Promise<void> { throw new Error(); }
