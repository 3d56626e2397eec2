/** The columns of the final table where a game names none. */
import { formatNumber, t } from "$lib/i18n/index.svelte";
import type { ResultColumn } from "../../games/module";

export const COLUMNS: readonly ResultColumn[] = [
  { title: () => t("room.score"), cell: (row) => String(row.score), strong: true },
  { title: () => t("room.rating"), cell: (row) => formatNumber(row.rating ?? 0) },
  { title: () => t("room.prize"), cell: (row) => (row.prize ? `+${formatNumber(row.prize)}` : "–") },
];
