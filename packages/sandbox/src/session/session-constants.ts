import type { OdooVersion } from '../version/odoo-version.ts'

/**
 * What the information of a session holds for the web client and is the same for everybody here: settings of a chat that
 * the sandbox does not have, tours, the kinds of view. Copied from what real servers answer to a new user.
 */
export const SESSION_CONSTANTS: Readonly<Record<OdooVersion, Readonly<Record<string, unknown>>>> = {
  17: {
    active_ids_limit: 20000,
    cache_hashes: { translations: 'sandbox', load_menus: 'sandbox' },
    iap_company_enrich: true,
    notification_type: 'email',
    odoobot_initialized: true,
    tour_disable: true,
    web_tours: [],
  },
  18: {
    active_ids_limit: 20000,
    cache_hashes: { translations: 'sandbox', load_menus: 'sandbox' },
    can_insert_in_spreadsheet: false,
    current_tour: null,
    iap_company_enrich: true,
    storeData: { Store: {} },
    test_mode: false,
    tour_enabled: false,
    view_info: viewInfo(),
    websocket_worker_version: '18.0-5',
  },
  19: {
    active_ids_limit: 20000,
    current_tour: null,
    iap_company_enrich: true,
    quick_login: true,
    registry_hash: 'sandbox',
    storeData: { Store: {} },
    test_mode: false,
    tour_enabled: false,
    view_info: viewInfo(),
    websocket_worker_version: '19.0-2',
  },
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
