/** A text as the API tells it. */
export interface LocalizableMessage {
  id: string;
  default_message: string;
  args: string[];
}

export const messageOf = (id: string, text: string): LocalizableMessage => ({
  id: `com.vmware.vcenter.trusted_infrastructure.${id}`,
  default_message: text,
  args: [],
});
