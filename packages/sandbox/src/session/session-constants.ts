import { createHash } from 'node:crypto'
import type { OdooVersion } from '../version/odoo-version.ts'

/**
 * What the information of a session holds for the web client and is the same for everybody here: settings of a chat that
 * the sandbox does not have, tours, the kinds of view. Copied from what real servers answer to a new user.
 */
export const SESSION_CONSTANTS: Readonly<Record<OdooVersion, Readonly<Record<string, unknown>>>> = {
  17: {
    active_ids_limit: 20000,
    cache_hashes: { translations: hashOf('translations', 40), load_menus: hashOf('menus', 64) },
  },
  18: {
    active_ids_limit: 20000,
    cache_hashes: { translations: hashOf('translations', 40), load_menus: hashOf('menus', 64) },
    can_insert_in_spreadsheet: false,
    current_tour: null,
    storeData: { Store: {} },
    test_mode: false,
    tour_enabled: false,
    view_info: viewInfo(),
    websocket_worker_version: '18.0-5',
  },
  19: {
    active_ids_limit: 20000,
    current_tour: null,
    quick_login: true,
    registry_hash: hashOf('registry', 64),
    storeData: { Store: {} },
    test_mode: false,
    tour_enabled: false,
    view_info: viewInfo(),
    websocket_worker_version: '19.0-2',
  },
}

/** What only users inside the company are told. */
export const INTERNAL_CONSTANTS: Readonly<Record<OdooVersion, Readonly<Record<string, unknown>>>> = {
  17: { show_effect: true, display_switch_company_menu: false, notification_type: 'email', odoobot_initialized: true },
  18: { show_effect: true, display_switch_company_menu: false },
  19: { show_effect: true },
}

/** What only administrators are told. */
export const ADMIN_CONSTANTS: Readonly<Record<OdooVersion, Readonly<Record<string, unknown>>>> = {
  17: { iap_company_enrich: true, tour_disable: true, web_tours: [] },
  18: { iap_company_enrich: true },
  19: { iap_company_enrich: true },
}

const CHAT_SETTINGS = {
  is_discuss_sidebar_category_channel_open: true,
  is_discuss_sidebar_category_chat_open: true,
  push_to_talk_key: false,
  use_push_to_talk: false,
  voice_active_duration: 200,
}

/** `user_settings` of the session, without the ids. */
export const USER_SETTINGS: Readonly<Record<OdooVersion, Readonly<Record<string, unknown>>>> = {
  17: { ...CHAT_SETTINGS, volume_settings_ids: [['ADD', []]] },
  18: { ...CHAT_SETTINGS, channel_notifications: false, mute_until_dt: false, volumes: [['ADD', []]] },
  19: { ...CHAT_SETTINGS, embedded_actions_config_ids: {}, channel_notifications: false, volumes: [['ADD', []]] },
}

/** What tells the web client whether what it keeps is stale. Nothing here ever changes. */
function hashOf(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits)
}

function viewInfo(): Record<string, unknown> {
  const view = (name: string, icon: string, many: boolean) => ({ display_name: name, icon, multi_record: many })
  return {
    list: view('List', 'oi oi-view-list', true),
    form: view('Form', 'fa fa-address-card', false),
    graph: view('Graph', 'fa fa-area-chart', true),
    pivot: view('Pivot', 'oi oi-view-pivot', true),
    calendar: view('Calendar', 'fa fa-calendar', true),
    kanban: view('Kanban', 'oi oi-view-kanban', true),
    search: view('Search', 'oi oi-search', true),
    activity: view('Activity', 'fa fa-clock-o', true),
  }
}
